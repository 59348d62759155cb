/** The look of a report: follows the reader's light or dark mode and the page's width. */
export const style = `
:root {
  color-scheme: light dark;
  --text: #1b1f24; --faint: #5b6470; --page: #fff; --panel: #f5f6f8; --line: #d9dde3;
  --learner-0: #0067ac; --learner-1: #c2410c; --learner-2: #00805a;
  --learner-3: #a03c83; --learner-4: #8a6500; --learner-5: #4b5563;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6e9ee; --faint: #9aa4b1; --page: #14171c; --panel: #1d2128; --line: #343b45;
    --learner-0: #5cb5f0; --learner-1: #ff9457; --learner-2: #3ecf9d;
    --learner-3: #e594cb; --learner-4: #dfb63c; --learner-5: #aeb6c2;
  }
}
* { box-sizing: border-box }
body {
  margin: 0 auto; padding: 24px 16px 64px; max-width: 760px;
  font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
}
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 8px }
h2 { font-size: 20px; margin: 48px 0 4px }
h3 { font-size: 15px; margin: 0 0 4px }
p { margin: 4px 0 12px }
.lead { font-size: 18px }
.faint, figcaption, dt { color: var(--faint); font-size: 14px }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; padding: 0; margin: 8px 0 }
.legend span { margin-right: 6px }
figure { margin: 12px 0 }
svg { display: block; max-width: 100%; height: auto }
.narrow { display: none }
.matrices { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px }
.scroll { overflow-x: auto; margin: 12px 0 }
table { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; width: 100% }
th, td { padding: 6px 8px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap }
th { color: var(--faint); font-weight: 600 }
th:first-child { text-align: left; position: sticky; left: 0; background: var(--page) }
thead th { white-space: normal; vertical-align: bottom; min-width: 72px }
tbody th { color: var(--text); white-space: normal }
td small { color: var(--faint) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; font-size: 14px }
dd { margin: 0; overflow-wrap: anywhere }
@media (max-width: 720px) {
  .wide { display: none }
  .narrow { display: block }
  .matrices { grid-template-columns: 1fr }
  th, td { padding: 6px 5px }
  thead th { min-width: 0; font-size: 12px }
  dl { grid-template-columns: 1fr }
  dd { margin-bottom: 6px }
}
`;
