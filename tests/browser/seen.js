// What a reader sees of each text of a redline, by computed style alone: the marks are never looked at.
// Decorations propagate to what is inside, but not into inline blocks, floats and what is placed absolutely (CSS Text
// Decoration 3, section 2.3); a background is the nearest that is not transparent.
(() => {
  const probe = (html, query = "*") => {
    const box = document.createElement("div");
    box.className = "teks";
    box.innerHTML = html;
    document.body.append(box);
    const style = getComputedStyle(box.querySelector(query));
    const found = { back: style.backgroundColor, line: style.textDecorationLine, frame: style.outlineStyle };
    box.remove();
    return found;
  };
  const looks = {
    inserted: probe('<p><ins data-r="i">a</ins></p>', "ins"),
    deleted: probe('<p><del data-r="d">a</del></p>', "del"),
    here: probe('<p data-r="tujuan">a</p>'),
    left: probe('<p data-r="asal">a</p>'),
  };
  const atomic = /^(inline-(block|flex|grid|table)|flow-root list-item)$/;
  const of = (text) => {
    const lines = new Set();
    let back = null;
    let frame = null;
    let hidden = false;
    let through = true;
    for (let element = text.parentElement; !element.classList.contains("teks"); element = element.parentElement) {
      const style = getComputedStyle(element);
      hidden ||= style.display === "none" || style.visibility === "hidden" || style.clipPath === "inset(50%)";
      if (through) for (const line of style.textDecorationLine.split(" ")) lines.add(line);
      if (atomic.test(style.display) || style.float !== "none" || /absolute|fixed/.test(style.position)) through = false;
      if (back === null && !/rgba\(.*, 0\)|transparent/.test(style.backgroundColor)) back = style.backgroundColor;
      for (const where of ["here", "left"]) {
        if (frame === null && style.outlineStyle === looks[where].frame && style.backgroundColor === looks[where].back) frame = where;
      }
    }
    if (hidden) return { seen: "hidden", frame };
    const struck = lines.has("line-through");
    const under = lines.has("underline");
    const green = back === looks.inserted.back;
    const red = back === looks.deleted.back;
    const seen = green && under && !struck ? "inserted"
      : red && struck ? "deleted"
      : !green && !red && !struck ? "kept"
      : `false: ${green ? "green " : ""}${red ? "red " : ""}${struck ? "struck " : ""}${under ? "underlined" : ""}`;
    return { seen, frame };
  };
  // What the marks say, from the nearest outwards: the other witness.
  const marked = (text) => {
    const mark = text.parentElement.closest('[data-r]:not([data-r="n"])');
    const left = text.parentElement.closest('[data-r="asal"]');
    if (left) return left.contains(mark) && /^(i|ins)$/.test(mark.dataset.r) ? "hidden" : "kept";
    return { i: "inserted", ins: "inserted", d: "deleted", del: "deleted" }[mark?.dataset.r] ?? "kept";
  };
  const bare = (text) => text.replace(/\s+/g, "");
  const plain = (html) => {
    const box = document.createElement("template");
    box.innerHTML = html;
    return bare(box.content.textContent);
  };
  return {
    distinct: new Set(Object.values(looks).map((look) => look.back + look.frame)).size,
    pairs: [...document.querySelectorAll("[data-pair]")].map((pair) => {
      const box = pair.querySelector(".teks");
      const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
      let [before, after] = ["", ""];
      const wrong = [];
      while (texts.nextNode()) {
        const text = texts.currentNode;
        if (!text.data.trim() || text.parentElement.closest('[data-r="n"]')) continue;
        const { seen, frame } = of(text);
        const told = marked(text);
        if (seen !== told) wrong.push(`“${text.data.trim().slice(0, 60)}” looks ${seen}, is ${told}`);
        const moved = text.parentElement.closest('[data-r="asal"], [data-r="tujuan"]')?.dataset.r;
        if ((moved === "asal") !== (frame === "left") || (moved === "tujuan") !== (frame === "here")) {
          wrong.push(`“${text.data.trim().slice(0, 60)}” looks moved ${frame}, is ${moved}`);
        }
        if (seen === "inserted" || (seen === "kept" && frame !== "left")) after += text.data;
        if ((seen === "deleted" && frame !== "here") || (seen === "kept" && frame !== "here")) before += text.data;
      }
      const [old, now] = ["old", "new"].map((side) => plain(JSON.parse(pair.dataset[side])));
      if (bare(before) !== old) wrong.push(`old text reads ${bare(before).slice(0, 200)} instead of ${old.slice(0, 200)}`);
      if (bare(after) !== now) wrong.push(`new text reads ${bare(after).slice(0, 200)} instead of ${now.slice(0, 200)}`);
      return { pair: pair.dataset.pair, wrong };
    }),
  };
})()
