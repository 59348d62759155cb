/** A sphere that can be turned, as plain SVG: what is behind is paler. */
import { useSignal } from '@preact/signals';
import type { Place, SphereView } from '../model-thread/protocol.ts';

const RADIUS = 100;
const DEGREES_PER_KEY = 12;
const DEGREES_PER_PIXEL = 0.6;

interface Turn {
  /** Degrees about the upright axis, … */
  readonly yaw: number;
  /** … and of the view from above. */
  readonly pitch: number;
}

export function SpherePlot({ view }: { readonly view: SphereView }) {
  const turn = useSignal<Turn>(turnTo(view.sample ?? [0, 0, 1]));
  const by = (yaw: number, pitch: number): void => {
    const now = turn.value;
    turn.value = {
      yaw: now.yaw + yaw,
      pitch: Math.min(Math.max(now.pitch + pitch, -90), 90),
    };
  };
  const points = view.classes
    .map(({ label, place }) => ({ label, ...seen(place, turn.value) }))
    .sort((a, b) => a.depth - b.depth);
  const sample = view.sample && seen(view.sample, turn.value);
  return (
    <svg
      class="plot"
      viewBox="-130 -120 260 240"
      role="img"
      aria-label={`Classes on a sphere: ${view.classes.map(({ label }) => label).join(', ')}`}
      tabindex={0}
      onKeyDown={(event) => {
        const [yaw, pitch] = turnOf(event.key);
        if (yaw === 0 && pitch === 0) return;
        event.preventDefault();
        by(yaw, pitch);
      }}
      onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
      onPointerMove={({ buttons, movementX, movementY }) => {
        if (buttons) by(DEGREES_PER_PIXEL * movementX, DEGREES_PER_PIXEL * movementY);
      }}
    >
      <circle class="ball" r={RADIUS} />
      {[0, 45, 90, 135].map((east) => (
        <path key={east} class="line" d={meridian(east, turn.value)} />
      ))}
      <path class="line" d={equator(turn.value)} />
      {points.map(({ label, x, y, depth }) => (
        <g key={label} opacity={0.35 + 0.65 * ((depth + 1) / 2)}>
          <title>{label}</title>
          <circle class="class" cx={x} cy={y} r={3 + 1.5 * (depth + 1)} />
          <text x={x} y={y - 9} text-anchor="middle">
            {label}
          </text>
        </g>
      ))}
      {sample && (
        <g opacity={0.5 + 0.5 * ((sample.depth + 1) / 2)}>
          <title>The drawing</title>
          <circle class="sample" cx={sample.x} cy={sample.y} r={8} />
        </g>
      )}
    </svg>
  );
}

/** A little beside the place, so that it is not hidden by what is in the middle. */
function turnTo([x, y, z]: Place): Turn {
  return { yaw: degrees(Math.atan2(-x, z)) + 20, pitch: degrees(Math.asin(y)) + 10 };
}

function turnOf(key: string): [yaw: number, pitch: number] {
  const turns: Record<string, [number, number]> = {
    ArrowLeft: [-DEGREES_PER_KEY, 0],
    ArrowRight: [DEGREES_PER_KEY, 0],
    ArrowUp: [0, -DEGREES_PER_KEY],
    ArrowDown: [0, DEGREES_PER_KEY],
  };
  return turns[key] ?? [0, 0];
}

/** @returns depth from −1, behind, to 1, in front */
function seen([x, y, z]: Place, { yaw, pitch }: Turn): { x: number; y: number; depth: number } {
  const [sinYaw, cosYaw] = [Math.sin(radians(yaw)), Math.cos(radians(yaw))];
  const [sinPitch, cosPitch] = [Math.sin(radians(pitch)), Math.cos(radians(pitch))];
  const right = cosYaw * x + sinYaw * z;
  const near = cosYaw * z - sinYaw * x;
  return {
    x: RADIUS * right,
    y: -RADIUS * (cosPitch * y - sinPitch * near),
    depth: cosPitch * near + sinPitch * y,
  };
}

function meridian(east: number, turn: Turn): string {
  const [sin, cos] = [Math.sin(radians(east)), Math.cos(radians(east))];
  return circle((along, up) => [cos * along, up, sin * along], turn);
}

function equator(turn: Turn): string {
  return circle((along, across) => [along, 0, across], turn);
}

function circle(at: (cos: number, sin: number) => Place, turn: Turn): string {
  const points = Array.from({ length: 49 }, (_, i) => {
    const angle = radians(i * 7.5);
    const { x, y } = seen(at(Math.cos(angle), Math.sin(angle)), turn);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}

const radians = (angle: number): number => (angle * Math.PI) / 180;

const degrees = (angle: number): number => (angle * 180) / Math.PI;
