// The marked text of a comparison as WordprocessingML with real tracked changes, as comparison/word.py writes it: a
// test holds the two to the same words (tests/browser/test_taking_along.py).

/**
 * What a thing stands in: how it is tracked, its look, its list and how deep.
 * @typedef {{track: string, look: string, style: string, indent: number, list: number, verbatim: boolean}} Around
 */

/** @type {Record<string, string>} */
const TRACKED = { ins: "ins", del: "del", tujuan: "moveTo", asal: "moveFrom", i: "ins", d: "del" };
/** @type {Record<string, string>} */
const LOOKS = {
  code: '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/>', strong: "<w:b/>", b: "<w:b/>", em: "<w:i/>", i: "<w:i/>",
  a: '<w:u w:val="single"/>', sup: '<w:vertAlign w:val="superscript"/>',
};
const ORDER = [...new Set(Object.values(LOOKS))];
const BLOCK = new Set(("address article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
  + "header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul").split(" "));
const HOLDS = new Set("blockquote div section article aside figure details dl li".split(" "));
const LEVELS = 9;
/** What XML may not hold. */
const FORBIDDEN = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** @type {Around} */
const PLAIN = { track: "", look: "", style: "", indent: 0, list: 0, verbatim: false };

/** @param {Node} node */
const isWords = (node) => node.nodeType === Node.TEXT_NODE;
/** @param {Node} node @returns {node is Element} */
const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;
/** @param {Node} node */
const isNote = (node) => isElement(node) && node.getAttribute("data-r") === "n";
/** @param {Element} node */
const tagOf = (node) => node.tagName.toLowerCase();
/** @param {string} text */
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/**
 * How a thing is tracked, given what it stands in; null for what this place does not show. Where a block left, the old
 * text stands; where it went, what was taken out of it is not told again.
 * @param {Element} node
 * @param {Around} around
 */
function tracked(node, around) {
  const mark = node.getAttribute("data-r") ?? "";
  if (mark === "n") return null;
  const kind = TRACKED[mark] ?? "";
  if (!kind) return around;
  if (around.track === "moveFrom") return kind === "ins" ? null : around;
  if (around.track === "moveTo" && kind === "del") return null;
  return { ...around, track: kind };
}

/** Writes one document, and counts what it numbers: changes and lists. */
export function writer() {
  let changes = 0;
  /** @type {(number | null)[]} the first number of each list that was begun, null for bullets */
  const lists = [];
  const mark = () => `w:id="${++changes}" w:author="Sigap"`;

  /** @param {string} inner @param {Around} around */
  const wrap = (inner, around) => {
    const look = ORDER.filter((one) => around.look.includes(one)).join("");
    const run = `<w:r>${look ? `<w:rPr>${look}</w:rPr>` : ""}${inner}</w:r>`;
    return around.track ? `<w:${around.track} ${mark()}>${run}</w:${around.track}>` : run;
  };

  /** @param {string} words @param {Around} around */
  const run = (words, around) => {
    let text = words.replace(FORBIDDEN, "");
    if (!around.verbatim) text = text.replace(/[ \t\r\n\f]+/g, " ");
    if (!text) return "";
    const tag = around.track === "del" ? "delText" : "t";
    return wrap((around.verbatim ? text.split("\n") : [text])
      .map((line) => (line ? `<w:${tag} xml:space="preserve">${escaped(line)}</w:${tag}>` : "")).join("<w:br/>"), around);
  };

  /** @param {Iterable<Node>} children @param {Around} around @returns {string} */
  const runs = (children, around) => [...children].map((child) => {
    if (isWords(child)) return run(child.nodeValue ?? "", around);
    if (!isElement(child) || isNote(child)) return "";
    const inner = tracked(child, around);
    if (!inner) return "";
    const tag = tagOf(child);
    if (tag === "br") return wrap("<w:br/>", inner);
    if (tag === "img") return run(`[gambar: ${child.getAttribute("alt") ?? ""}]`, inner);
    if (tag === "input") return run(child.hasAttribute("checked") ? "☑ " : "☐ ", inner);
    return runs(child.childNodes, { ...inner, look: inner.look + (LOOKS[tag] ?? "") });
  }).join("");

  /** @param {Iterable<Node>} children @param {Around} around */
  const paragraph = (children, around) => {
    let look = around.style ? `<w:pStyle w:val="${around.style}"/>` : "";
    if (around.list) look += `<w:numPr><w:ilvl w:val="${Math.min(around.indent, LEVELS) - 1}"/><w:numId w:val="${around.list}"/></w:numPr>`;
    if (around.indent) look += `<w:ind w:left="${around.indent * 420}"${around.list ? ' w:hanging="360"' : ""}/>`;
    if (around.track) look += `<w:rPr><w:${around.track} ${mark()}/></w:rPr>`;
    return `<w:p>${look ? `<w:pPr>${look}</w:pPr>` : ""}${runs(children, around)}</w:p>`;
  };

  /** @param {Node[]} words @param {Around} around */
  const loose = (words, around) =>
    words.some((item) => !isNote(item) && (!isWords(item) || (item.nodeValue ?? "").trim())) ? paragraph(words, around) : "";

  /** Blocks as paragraphs and tables; words among them as paragraphs of their own. @param {Iterable<Node>} children @param {Around} around */
  const blocks = (children, around) => {
    let made = "";
    /** @type {Node[]} */
    let words = [];
    for (const child of children) {
      if (!isElement(child) || !BLOCK.has(tagOf(child))) {
        words.push(child);
        continue;
      }
      const before = loose(words, around);
      if (before) around = { ...around, list: 0 };
      words = [];
      made += before + block(child, around);
      around = { ...around, list: 0 };
    }
    return made + loose(words, around);
  };

  /** @param {Element} node @param {Around} outer @returns {string} */
  const block = (node, outer) => {
    const around = tracked(node, outer);
    if (!around) return "";
    const [tag, kinds, children] = [tagOf(node), node.getAttribute("class") ?? "", node.childNodes];
    if (tag === "table") return table(node, around);
    if (tag === "ul" || tag === "ol") return list(node, around);
    if (/^h[1-6]$/.test(tag)) return paragraph(children, { ...around, style: `Heading${tag[1]}` });
    if (tag === "hr") return "";
    if (HOLDS.has(tag)) return blocks(children, { ...around, indent: around.indent + Number(tag === "blockquote" || kinds.includes("admonition")) });
    if (tag === "dt" || kinds.includes("title")) return paragraph(children, { ...around, look: `${around.look}<w:b/>` });
    if (tag === "pre") return paragraph(children, { ...around, style: "Kode", verbatim: true });
    if (tag === "dd" || [...node.children].some((child) => BLOCK.has(tagOf(child)))) return blocks(children, { ...around, indent: around.indent + Number(tag === "dd") });
    return paragraph(children, around);
  };

  /** @param {Element} node @param {Around} around */
  const list = (node, around) => {
    const start = node.getAttribute("start") ?? "1";
    const number = begin(node.matches("ol") ? (/^\d+$/.test(start) ? Number(start) : 1) : null);
    return [...node.childNodes].map((item) => {
      const deeper = { ...around, indent: around.indent + 1 };
      if (!isElement(item)) return loose([item], { ...deeper, list: 0 });
      const inner = tracked(item, { ...deeper, list: number });
      return inner ? blocks(item.childNodes, inner) : "";
    }).join("");
  };

  /** @param {Element} node @param {Around} around */
  const table = (node, around) => {
    const made = rows(node, around);
    if (!made) return "";
    const borders = ["top", "left", "bottom", "right", "insideH", "insideV"]
      .map((side) => `<w:${side} w:val="single" w:sz="4" w:color="7F8F8D"/>`).join("");
    const wide = Math.max(...made.split("</w:tr>").map((row) => row.split("<w:tc>").length - 1));
    const grid = `<w:gridCol w:w="${Math.floor(9000 / wide)}"/>`.repeat(wide);
    return `<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>${borders}</w:tblBorders></w:tblPr>`
      + `<w:tblGrid>${grid}</w:tblGrid>${made}</w:tbl>${paragraph([], { ...around, style: "Jarak" })}`;
  };

  /** @type {Record<string, string>} */
  const whole = { ins: "ins", moveTo: "ins", del: "del", moveFrom: "del" };
  /** @param {Element} node @param {Around} around @returns {string} */
  const rows = (node, around) => [...node.children].map((part) => {
    const inner = tracked(part, around);
    if (!inner) return "";
    if (tagOf(part) !== "tr") return rows(part, inner);
    const cells = [...part.children].map((one) => cell(one, inner)).join("");
    const kind = whole[inner.track];
    return cells && `<w:tr>${kind ? `<w:trPr><w:${kind} ${mark()}/></w:trPr>` : ""}${cells}</w:tr>`;
  }).join("");

  /** @type {Record<string, string>} */
  const single = { ins: "cellIns", moveTo: "cellIns", del: "cellDel", moveFrom: "cellDel" };
  /** @param {Element} node @param {Around} around */
  const cell = (node, around) => {
    const inner = tracked(node, { ...around, look: node.matches("th") ? "<w:b/>" : around.look, indent: 0, list: 0 });
    if (!inner) return "";
    const kind = around.track ? "" : single[inner.track];
    const begun = kind ? `<w:tcPr><w:${kind} ${mark()}/></w:tcPr>` : "";
    const content = blocks(node.childNodes, inner);
    return `<w:tc>${begun}${content.endsWith("</w:p>") ? content : `${content}<w:p/>`}</w:tc>`;
  };

  /** @param {number | null} first @returns {number} */
  const begin = (first) => lists.push(first);

  return {
    /** A marked text. @param {DocumentFragment | Element} box */
    marked(box) {
      const sources = [...box.children].some((child) => child.hasAttribute("data-r-html"));
      if (!sources) return blocks(box.childNodes, PLAIN);
      return [...box.children].map((child) => {
        const made = document.createElement("p");
        made.setAttribute("data-r", child.getAttribute("data-r") ?? "");
        made.textContent = child.textContent;
        return block(made, PLAIN);
      }).join("");
    },
    /** A line in a style. @param {string} words @param {string} [style] */
    line: (words, style = "") => paragraph([document.createTextNode(words)], { ...PLAIN, style }),
    /** Sentences as a list. @param {string[]} sentences */
    told(sentences) {
      const number = begin(null);
      return sentences.map((one) => paragraph([document.createTextNode(one)], { ...PLAIN, list: number, indent: 1 })).join("");
    },
    /** The lists that were begun, as the numbering part wants them. */
    lists: () => lists.map((first, at) => {
      const starts = Array.from({ length: LEVELS }, (_, depth) => `<w:lvlOverride w:ilvl="${depth}"><w:startOverride w:val="${first}"/></w:lvlOverride>`).join("");
      return `<w:num w:numId="${at + 1}"><w:abstractNumId w:val="${first === null ? 0 : 1}"/>${first === null ? "" : starts}</w:num>`;
    }).join(""),
  };
}
