# Pages that Jekyll does not make by itself: the home page in parts, one page and one feed for each practice.
module Bench
  class Groups < Jekyll::Generator
    def generate(site)
      essays = site.collections["essays"].docs.sort_by(&:date).reverse
      site.data["runs"] = essays.reverse.group_by { |essay| essay.data["series"] }
      home(site, essays.each_slice(20).to_a)
      page(site, "feeds", "all.xml", "atom", "title" => "Bench", "essays" => essays)
      practices = Hash.new { |groups, name| groups[name] = [] }
      essays.each { |essay| essay.data["practices"].each { |name| practices[name] << essay } }
      practices.each do |name, chosen|
        page(site, "tags/#{name}", "index.html", "practice", "title" => name, "essays" => chosen)
        page(site, "feeds", "#{name}.xml", "atom", "title" => name, "essays" => chosen)
      end
    end

    def home(site, slices)
      slices.each_with_index do |slice, number|
        newer = number.zero? ? nil : (number == 1 ? "/" : "/page/#{number}/")
        older = number + 1 < slices.size ? "/page/#{number + 2}/" : nil
        folder = number.zero? ? "" : "page/#{number + 1}"
        page(site, folder, "index.html", "home", "essays" => slice, "newer" => newer, "older" => older)
      end
    end

    def page(site, folder, name, layout, data)
      made = Jekyll::PageWithoutAFile.new(site, site.source, folder, name)
      made.data.merge!("layout" => layout, **data)
      site.pages << made
    end
  end
end
