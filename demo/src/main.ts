/** The page: loads the model, and shows what it reads while somebody draws. */
import './style/page.css';
import './style/stage.css';
import './style/more.css';
import { loadModel, type Model } from '@hff-edge/sdk';
import { describeAnswer } from './describe-answer.ts';
import { DrawingPad } from './drawing-pad.ts';
import { modelFacts } from './model-facts.ts';
import { oncePerFrame } from './once-per-frame.ts';
import { ScoreBars } from './score-bars.ts';

const MODEL_URL = '/models/digits.safetensors';

const page = {
  stage: element('stage'),
  answer: element('answer'),
  sentence: element('sentence'),
  announcement: element('announcement'),
  time: element('time'),
  bars: element('bars'),
  facts: element('facts'),
  failure: element('failure'),
  failureReason: element('failure-reason'),
};

let model: Model | undefined;
let bars: ScoreBars | undefined;

const update = oncePerFrame(async () => {
  pad.paint();
  page.stage.classList.toggle('drawn', !pad.isEmpty);
  if (!model) return;
  try {
    if (pad.isEmpty) showNothing();
    else await showReading(model);
  } catch (error) {
    showFailure(error);
  }
});

const pad = new DrawingPad(element('pad') as HTMLCanvasElement, update);
element('undo').addEventListener('click', () => pad.undo());
element('clear').addEventListener('click', () => pad.clear());
element('retry').addEventListener('click', () => location.reload());
addEventListener('keydown', (event) => {
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  event.preventDefault();
  pad.undo();
});
for (const origin of document.querySelectorAll('.origin')) origin.textContent = location.origin;

try {
  model = await loadModel(MODEL_URL);
  // The first pass is slower than all others: let it not be the user's.
  await model.classify(pad.image());
  bars = new ScoreBars(page.bars, model.labels);
  showFacts(model);
  page.stage.dataset.state = 'ready';
  update();
} catch (error) {
  showFailure(error);
}
// Where a browser refuses a service worker, the page works too, only not offline.
if (import.meta.env.PROD) navigator.serviceWorker?.register('/sw.js').catch(console.info);

async function showReading(model: Model): Promise<void> {
  const image = pad.image();
  const start = performance.now();
  const reading = await model.classify(image, { topK: model.labels.length });
  const took = performance.now() - start;
  bars?.show(reading.scores);
  page.answer.textContent = reading.label;
  page.sentence.textContent = describeAnswer(reading);
  page.time.textContent = `${took.toFixed(1)} ms`;
  // Not while the pen moves: a screen reader would never come to an end.
  if (!pad.isDrawing) page.announcement.textContent = page.sentence.textContent;
}

function showNothing(): void {
  bars?.show([]);
  page.answer.textContent = '';
  page.sentence.textContent = 'Draw a digit from 0 to 9.';
  page.time.textContent = '–';
  page.announcement.textContent = '';
}

function showFacts(model: Model): void {
  const rows = modelFacts(model, MODEL_BYTES).map(([name, value]) => {
    const row = document.createElement('div');
    const term = document.createElement('dt');
    const description = document.createElement('dd');
    term.textContent = name;
    description.textContent = value;
    row.append(term, description);
    return row;
  });
  page.facts.replaceChildren(...rows);
}

function showFailure(error: unknown): void {
  page.stage.dataset.state = 'failed';
  page.failureReason.textContent = error instanceof Error ? error.message : String(error);
  page.failure.hidden = false;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html: expected an element with the id ${id}.`);
  return found;
}
