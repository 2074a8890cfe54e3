/** Three pictures to send without having any: drawn here, turned into JPEG by the browser. */

const SKY = '<rect width="960" height="720" fill="';

const DRAWINGS = {
  sampleGate: `${SKY}#f6d9b8"/><circle cx="700" cy="250" r="70" fill="#f59e5b"/><path d="M0 470H960V720H0Z" fill="#8a9a86"/>
    <path d="M380 720L440 470H520L600 720Z" fill="#cbbfae"/><rect x="120" y="230" width="190" height="260" fill="#6b7280"/>
    <rect x="150" y="270" width="50" height="60" fill="#fde68a"/><rect x="230" y="270" width="50" height="60" fill="#fde68a"/>
    <rect x="330" y="200" width="36" height="290" fill="#7c2d12"/><rect x="600" y="200" width="36" height="290" fill="#7c2d12"/>
    <rect x="300" y="170" width="370" height="50" rx="10" fill="#9a3412"/><path d="M366 430H600" stroke="#dc2626" stroke-width="16"/>
    <path d="M400 430h40M480 430h40M560 430h30" stroke="#fff" stroke-width="16"/><circle cx="270" cy="440" r="22" fill="#f2c9a5"/>
    <path d="M240 540V485a30 30 0 0 1 60 0v55Z" fill="#1d4ed8"/><path d="M244 490H296" stroke="#fde047" stroke-width="10"/>`,
  sampleSmoke: `${SKY}#33415c"/><rect x="200" y="90" width="560" height="630" fill="#5b6478"/>
    <g fill="#28324a"><rect x="260" y="150" width="100" height="110"/><rect x="430" y="150" width="100" height="110"/><rect x="600" y="150" width="100" height="110"/>
    <rect x="260" y="330" width="100" height="110"/><rect x="600" y="330" width="100" height="110"/><rect x="260" y="510" width="100" height="110"/>
    <rect x="430" y="510" width="100" height="110"/></g><rect x="600" y="510" width="100" height="110" fill="#fde68a"/>
    <rect x="430" y="330" width="100" height="110" fill="#f97316"/><path d="M445 440c0-40 25-40 20-80 25 20 45 50 40 80Z" fill="#fde047"/>
    <g fill="#cbd5e1" opacity=".75"><circle cx="500" cy="300" r="46"/><circle cx="545" cy="240" r="60"/><circle cx="600" cy="160" r="76"/><circle cx="690" cy="80" r="92"/></g>`,
  samplePuddle: `${SKY}#c7d7e0"/><rect y="0" width="960" height="330" fill="#d6b48c"/><path d="M0 60H960M0 130H960M0 200H960M0 270H960" stroke="#c09a6f" stroke-width="5"/>
    <path d="M0 330H960V720H0Z" fill="#8b9199"/><rect x="600" y="60" width="26" height="390" fill="#475569"/><rect x="588" y="230" width="50" height="30" fill="#334155"/>
    <path d="M590 260C520 300 470 380 450 480M600 262C560 320 530 400 520 490M580 256C470 270 400 350 370 470" stroke="#7dd3fc" stroke-width="12" fill="none" stroke-linecap="round"/>
    <ellipse cx="440" cy="560" rx="330" ry="100" fill="#5ea9d6"/><ellipse cx="410" cy="545" rx="200" ry="46" fill="#8cc7e8"/>
    <path d="M700 640l40-110 40 110Z" fill="#f97316"/><path d="M714 602h52" stroke="#fff" stroke-width="14"/>`,
};

export const SAMPLES = Object.keys(DRAWINGS);

/** The drawing as an address for `<img>`. @param {string} name one of SAMPLES */
export function sampleAddress(name) {
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="720" viewBox="0 0 960 720">${DRAWINGS[name]}</svg>`;
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup)}`;
}

/**
 * The drawing as a JPEG file for the control API.
 * @param {string} name
 * @returns {Promise<{base64: string, file_name: string, mime_type: string}>}
 */
export async function samplePhoto(name) {
  const image = new Image();
  image.src = sampleAddress(name);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 960, height: 720 });
  canvas.getContext("2d").drawImage(image, 0, 0);
  const [, base64] = canvas.toDataURL("image/jpeg", 0.85).split(",");
  return { base64, file_name: `${name}.jpg`, mime_type: "image/jpeg" };
}

/**
 * A chosen file for the control API.
 * @param {File} file
 * @returns {Promise<{base64: string, file_name: string, mime_type: string}>}
 */
export function chosenFile(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("error", () => reject(reader.error));
    reader.addEventListener("load", () => {
      const [, base64] = String(reader.result).split(",");
      resolve({ base64: base64 ?? "", file_name: file.name, mime_type: file.type || "application/octet-stream" });
    });
    reader.readAsDataURL(file);
  });
}
