'use client';

import { loadModel } from '@hff-edge/sdk';
import { useEffect } from 'react';
import { takeLesson } from '../lesson.js';

/** Rendered in the server, too: there it only must not fail. */
export function Lesson() {
  useEffect(() => {
    globalThis.lesson = loadModel('/digits.safetensors').then(takeLesson);
  }, []);
  return <p>digits</p>;
}
