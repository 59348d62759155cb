/** Where the drawing lies among the classes, which layers say what, what teaching did, and what it cost. */
import { AccuracyPanel } from './accuracy-panel.tsx';
import { CostPanel } from './cost-panel.tsx';
import { SpherePanel } from './sphere-panel.tsx';

export default function Inside() {
  return (
    <div class="panels">
      <SpherePanel />
      <AccuracyPanel />
      <CostPanel />
    </div>
  );
}
