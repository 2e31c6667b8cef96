import {svg, type SVGTemplateResult} from 'lit';

const outline = (path: SVGTemplateResult, width = 2): SVGTemplateResult => svg`
  <svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width=${width}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >${path}</svg>
`;

export const backIcon = outline(svg`<path d="M15 5l-7 7 7 7" />`);
export const closeIcon = outline(svg`<path d="M6 6l12 12M18 6L6 18" />`);
export const clipIcon = outline(
  svg`<path d="M20 11.5l-8 8a5 5 0 01-7-7l8.5-8.5a3.4 3.4 0 014.8 4.8L9.8 17.3a1.7 1.7 0 01-2.4-2.4l7.6-7.6" />`,
  1.9,
);
export const sendIcon = outline(svg`<path d="M12 19V5M6 11l6-6 6 6" />`, 2.2);
export const speechIcon = outline(svg`<path d="M20 11.5a7.5 7.5 0 01-11 6.6L4.5 19.5l1.2-4A7.5 7.5 0 1120 11.5z" />`, 1.7);
export const alertIcon = outline(svg`<path d="M12 8v5M12 16.2v.1" /><circle cx="12" cy="12" r="8.5" />`, 1.8);
