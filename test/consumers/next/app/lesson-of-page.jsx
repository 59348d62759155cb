'use client';

import { useEffect } from 'react';
import { takeLesson } from '../lesson.js';
// The quick start has this file.
import { useDigits } from './use-digits.js';

/** Rendered in the server, too: there it only must not fail. */
export function Lesson() {
  const model = useDigits();
  useEffect(() => {
    if (model) globalThis.lesson = takeLesson(model);
  }, [model]);
  return <p>digits</p>;
}
