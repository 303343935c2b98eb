"""The engine of builds: cached results, converted texts, the plan of files to write, and staging. Knows no Pelican."""
