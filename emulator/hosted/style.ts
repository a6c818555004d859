import { look } from "../http/look";

/** One card in the middle of the page, which fills a phone's width. */
export const style = `${look}
body{min-height:100vh;display:flex;flex-direction:column;align-items:center;padding:2.5rem 1rem 1rem}
main{display:flex;flex-wrap:wrap;justify-content:center;align-items:flex-start;gap:1.25rem;width:100%}
.card{width:100%;max-width:25rem;padding:2rem;background:var(--paper);border:1px solid var(--edge);border-radius:1rem;
box-shadow:var(--shade)}
section.card{padding:1.25rem}@media(min-width:46rem){section.card{max-width:18rem}}
@media(max-width:30rem){body{padding:0;background:var(--paper)}main{gap:0}.card{border:0;border-radius:0;box-shadow:none;
padding:1.5rem 1.25rem}section.card{border-top:1px dashed var(--edge)}}
.mark{display:grid;place-items:center;width:2.75rem;height:2.75rem;border-radius:.75rem;margin:0 0 1rem;
background:var(--deed);color:var(--deed-ink);font-size:1.3rem;font-weight:650}
h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;margin:0;overflow-wrap:anywhere}
.lead{margin:.25rem 0 0;color:var(--soft);overflow-wrap:anywhere}.lead strong{color:var(--ink);font-weight:600}
h2{font-size:.9rem;font-weight:600;margin:0;color:var(--soft)}
form{margin:1.25rem 0 0}form+form{margin-top:.5rem}
.field{margin:0 0 .9rem}.field label{display:inline-block;font-weight:550;font-size:.92rem;margin:0 0 .3rem}
.optional{color:var(--soft);font-size:.85rem;margin-left:.4rem}
input{font:inherit;color:inherit}
input:not([type=radio]){display:block;width:100%;padding:.55rem .7rem;background:var(--paper);
border:1px solid var(--field);border-radius:.5rem}
input[name=code]{letter-spacing:.35em;font-variant-numeric:tabular-nums;font-size:1.15rem}
input[aria-invalid=true]{border-color:var(--bad);box-shadow:0 0 0 1px var(--bad)}
.hidden-text{position:relative}.hidden-text input{padding-right:4.5rem}
.hidden-text button{position:absolute;right:.25rem;top:.25rem;bottom:.25rem;width:auto;margin:0;padding:0 .7rem;border:0;
background:none;color:var(--deed);font-size:.9rem;border-radius:.35rem}
[hidden]{display:none!important}
button,.button{font:inherit;font-weight:550;display:block;width:100%;padding:.6rem 1rem;margin:.5rem 0 0;text-align:center;
text-decoration:none;border:1px solid var(--deed);border-radius:.5rem;background:var(--deed);color:var(--deed-ink);
cursor:pointer}
button:hover,.button:hover{filter:brightness(1.07)}
button.other{background:none;border-color:var(--edge);color:inherit;font-weight:500}
button.other:hover{background:var(--deed-pale);filter:none}
button.link{display:inline;width:auto;padding:.2rem .1rem;margin:0;border:0;background:none;color:var(--deed);
text-decoration:underline;text-underline-offset:.2em;font-weight:500}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.5rem}.pair button{margin:0}
.links{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;margin:.75rem 0 0}.links form{margin:0}
.or{display:flex;align-items:center;gap:.75rem;margin:1.25rem 0 0;color:var(--soft);font-size:.85rem}
.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--edge)}
.note{margin:1rem 0 0;font-size:.85rem;color:var(--soft)}
.people form{margin:.75rem 0 0}
.people button{display:flex;align-items:center;gap:.75rem;text-align:left;padding:.45rem .6rem;margin:.35rem 0 0;
line-height:1.3}
.people .who{min-width:0;flex:1;overflow-wrap:anywhere}.people small{display:block;color:var(--soft);font-weight:400}
.face{flex:none;display:grid;place-items:center;width:2.1rem;height:2.1rem;border-radius:50%;background:var(--deed-pale);
color:var(--deed);font-size:.85rem;font-weight:650}
[role=alert],[role=status]{margin:1.25rem 0 0;padding:.6rem .8rem;border-radius:.5rem;overflow-wrap:anywhere}
[role=alert]{background:var(--bad-pale);color:var(--bad)}[role=status]{background:var(--good-pale);color:var(--good)}
.elsewhere{margin:0 0 1.25rem;padding:.6rem .8rem;border-radius:.5rem;background:var(--odd-pale);color:var(--odd);
font-size:.9rem}
fieldset{border:0;padding:0;margin:0 0 .5rem}legend{padding:0;margin:0 0 .25rem;color:var(--soft)}
fieldset label{display:flex;align-items:center;gap:.6rem;padding:.6rem .75rem;margin:.4rem 0 0;cursor:pointer;
border:1px solid var(--edge);border-radius:.5rem}fieldset label:has(:checked){border-color:var(--deed);
background:var(--deed-pale)}
h2.list{margin:1.25rem 0 .4rem}.grants{list-style:none;margin:0;padding:.25rem .9rem;border:1px solid var(--edge);border-radius:.5rem}
.grants li{padding:.45rem 0}.grants li+li{border-top:1px solid var(--edge)}
.grants code{display:block;color:var(--soft);font-size:.85rem}
img{display:block;margin:1.25rem auto 0;background:#fff;border-radius:.5rem;max-width:100%}
code{overflow-wrap:anywhere}
.user-code{font-size:1.5rem;letter-spacing:.12em;font-weight:650;display:block;margin:.5rem 0 0}
footer{margin:1rem 0 0;padding:0 1rem;color:var(--soft);font-size:.85rem;text-align:center}
@media(max-width:30rem){footer{padding-bottom:1rem}}
`;
