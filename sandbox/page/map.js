/**
 * A small drawn map: invented streets, the same wherever one looks, at one metre a unit (0.00001 degree). It shows
 * where a pin is relative to another, without asking any map service.
 */

import { svg } from "./dom.js";

const TILE = { width: 240, height: 180 };
const BLOCKS = [
  [14, 14, 46, 30], [68, 14, 34, 30], [14, 52, 46, 34], [132, 14, 90, 20], [132, 44, 26, 44], [166, 44, 56, 44],
  [14, 118, 30, 46], [52, 118, 50, 20], [52, 146, 50, 18], [176, 118, 46, 46],
];
const PER_DEGREE = 1e5;

/**
 * @param {{latitude: number, longitude: number, label: string, width?: number, height?: number}} of
 * @returns {SVGElement}
 */
export function drawMap({ latitude, longitude, label, width = 300, height = 150 }) {
  const left = longitude * PER_DEGREE - width / 2;
  const top = -latitude * PER_DEGREE - height / 2;
  const map = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "map", role: "img", "aria-label": label });
  const ground = svg("g", {});
  for (let y = -mod(top, TILE.height); y < height; y += TILE.height) {
    for (let x = -mod(left, TILE.width); x < width; x += TILE.width) ground.append(tile(x, y));
  }
  map.append(svg("rect", { width, height, class: "land" }), ground, pin(width / 2, height / 2));
  return map;
}

const mod = (value, by) => ((value % by) + by) % by;

function tile(x, y) {
  const blocks = BLOCKS.map(([bx, by, w, h]) => svg("rect", { x: bx, y: by, width: w, height: h, rx: 3, class: "house" }));
  return svg("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` },
    svg("rect", { x: 128, y: 114, width: 40, height: 54, rx: 8, class: "park" }),
    svg("path", { d: "M0 102H240M116 0V180", class: "street wide" }),
    svg("path", { d: "M0 0H240M0 0V180M162 34V102M46 102V180", class: "street" }),
    svg("path", { d: "M190 102C205 130 225 150 240 160M0 160C6 163 10 170 12 180", class: "water" }),
    ...blocks);
}

/** The mark of a place; its tip is at (x, y). */
export function pin(x, y) {
  return svg("g", { transform: `translate(${x} ${y})`, class: "pin" },
    svg("ellipse", { cx: 0, cy: 0, rx: 7, ry: 2.5, class: "shadow" }),
    svg("path", { d: "M0 0C-3 -8 -12 -13 -12 -22A12 12 0 0 1 12 -22C12 -13 3 -8 0 0Z" }),
    svg("circle", { cx: 0, cy: -22, r: 4.5 }));
}

/**
 * A map one can point at: click, or arrow keys.
 * @param {{latitude: number, longitude: number, label: string, moved: (place: {latitude: number, longitude: number}) => void}} of
 * @returns {SVGElement}
 */
export function pointAtMap({ latitude, longitude, label, moved }) {
  const size = { width: 400, height: 260 };
  const map = drawMap({ latitude, longitude, label, ...size });
  const mark = map.querySelector(".pin");
  const at = { x: size.width / 2, y: size.height / 2 };
  map.setAttribute("tabindex", "0");
  map.setAttribute("autofocus", "");
  map.setAttribute("role", "application");

  function move(x, y) {
    at.x = Math.min(Math.max(x, 8), size.width - 8);
    at.y = Math.min(Math.max(y, 34), size.height - 4);
    mark.setAttribute("transform", `translate(${at.x} ${at.y})`);
    moved({
      latitude: latitude - (at.y - size.height / 2) / PER_DEGREE,
      longitude: longitude + (at.x - size.width / 2) / PER_DEGREE,
    });
  }
  map.addEventListener("click", (event) => {
    const box = map.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * size.width, ((event.clientY - box.top) / box.height) * size.height);
  });
  map.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }[event.key];
    if (!step) return;
    event.preventDefault();
    move(at.x + step[0], at.y + step[1]);
  });
  return map;
}
