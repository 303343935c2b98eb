// The site that all tools of the benchmark make, by Eleventy with markdown-it.
import footnotes from "markdown-it-footnote";

export default function (config) {
  config.amendLibrary("md", (md) => md.set({ typographer: true }).use(footnotes));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addFilter("moment", (date) => date.toISOString());
  config.addFilter("first", (list, count) => list.slice(0, count));
  config.addPassthroughCopy("style.css");
  const essays = (api) => api.getFilteredByGlob("essays/*.md").sort((a, b) => b.date - a.date);
  const grouped = (api, keys) => {
    const groups = new Map();
    for (const essay of essays(api)) {
      for (const key of keys(essay)) {
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(essay);
      }
    }
    return groups;
  };
  config.addCollection("essays", essays);
  config.addCollection("practices", (api) =>
    [...grouped(api, (essay) => essay.data.practices)].map(([name, essays]) => ({ name, essays })),
  );
  config.addCollection("runs", (api) =>
    Object.fromEntries([...grouped(api, (essay) => [essay.data.series])].map(([k, v]) => [k, v.reverse()])),
  );
  return { htmlTemplateEngine: "njk", markdownTemplateEngine: false, dir: { output: "output" } };
}
