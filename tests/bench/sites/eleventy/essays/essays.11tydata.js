export default { layout: "essay.njk", permalink: (data) => `essays/${data.page.fileSlug}/index.html` };
