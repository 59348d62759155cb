/** The page: opens the model in its thread, and shows what it makes of what is drawn. */
import './style/page.css';
import './style/stage.css';
import './style/parts.css';
import { render } from 'preact';
import { open } from './page/actions.ts';
import { App } from './page/app.tsx';

const root = document.getElementById('app');
if (!root) throw new Error('index.html: expected an element with the id app.');
render(<App />, root);
void open();
// Where a browser refuses a service worker, the page works too, only not offline.
if (import.meta.env.PROD) navigator.serviceWorker?.register('/sw.js').catch(console.info);
