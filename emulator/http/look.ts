/** Colours and letters of every page for people, in the light and in the dark. Nothing is loaded from anywhere. */
export const look = `
:root{color-scheme:light dark;--ground:#f3f4f8;--paper:#fff;--ink:#1b1d26;--soft:#565a6b;--edge:#d3d6e0;
--field:#8a8fa3;--deed:#4a4fd0;--deed-ink:#fff;--deed-pale:#eeeffc;--bad:#a3211a;--bad-pale:#fdeeec;--good:#1d6138;
--good-pale:#e9f6ee;--odd:#7a4c00;--odd-pale:#fff5df;--shade:0 1px 2px #1b1d2614,0 8px 24px #1b1d2614}
@media(prefers-color-scheme:dark){:root{--ground:#12131a;--paper:#1c1e28;--ink:#eceef6;--soft:#a9aec0;--edge:#373b4b;
--field:#767c94;--deed:#9a9eff;--deed-ink:#12131f;--deed-pale:#282b45;--bad:#ffb3ab;--bad-pale:#40201d;--good:#8fdcab;
--good-pale:#193323;--odd:#f5cc83;--odd-pale:#382b14;--shade:0 1px 2px #0006,0 8px 24px #0006}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--ground);
margin:0}
:focus-visible{outline:3px solid var(--deed);outline-offset:2px}
a{color:var(--deed)}
`;
