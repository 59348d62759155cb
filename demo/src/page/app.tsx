/** The page, from top to bottom. What is further down is loaded when it comes near. */
import { Classes } from './classes.tsx';
import { Failure } from './failure.tsx';
import { Keep } from './keep.tsx';
import { Later } from './later.tsx';
import { ModelCard } from './model-card.tsx';
import { Notice } from './notice.tsx';
import { Stage } from './stage.tsx';

export function App() {
  return (
    <>
      <Failure />
      <Notice />
      <Stage />
      <div class="columns">
        <Classes />
        <Keep />
      </div>
      <Later
        id="inside"
        title="What happens inside"
        load={() => import('../understand/inside.tsx')}
      />
      <Later id="how" title="How it works" load={() => import('../understand/how-it-works.tsx')} />
      <ModelCard />
    </>
  );
}
