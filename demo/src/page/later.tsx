/** A part of the page whose code is loaded when it is about to be seen. */
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface LaterProps {
  readonly id: string;
  readonly title: string;
  readonly load: () => Promise<{ default: ComponentType }>;
}

export function Later({ id, title, load }: LaterProps) {
  const place = useRef<HTMLElement>(null);
  const [Part, setPart] = useState<ComponentType | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        watch.disconnect();
        load().then(
          (part) => setPart(() => part.default),
          () =>
            setProblem('This part could not be loaded. Reload the page when there is a network.'),
        );
      },
      { rootMargin: '200px' },
    );
    if (place.current) watch.observe(place.current);
    return () => watch.disconnect();
  }, [load]);
  return (
    <section id={id} class="part" ref={place}>
      <h2>{title}</h2>
      {Part ? <Part /> : <p class="quiet">{problem || 'Loading …'}</p>}
    </section>
  );
}
