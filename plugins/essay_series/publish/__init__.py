"""What publication rests on: the gate against leaks, the marker of a published folder, and what a build changes."""
