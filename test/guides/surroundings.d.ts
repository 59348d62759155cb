/** What the guides' code takes as given: a page's canvas, a model that is there, a backbone. */
import type { Model, OpenedModel, PixelImage } from '@hff-edge/sdk';

declare global {
  const model: OpenedModel;
  const other: OpenedModel;
  const mine: OpenedModel;
  const theirs: OpenedModel;
  const otherModel: Model;
  const context: CanvasRenderingContext2D;
  const drawing: ImageData;
  const otherDrawing: ImageData;
  const drawings: ImageData[];
  /** Of the drawings. */
  const labels: string[];
  const image: PixelImage;
  const otherImage: PixelImage;
  const token: string;
  /** Features of the reader's own backbone. */
  function embed(image: PixelImage): Promise<Float32Array>;
  interface Env {
    readonly MODELS: { get(key: string, type: 'arrayBuffer'): Promise<ArrayBuffer | null> };
  }
}
