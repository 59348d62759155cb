async function main() {
  const { loadModel } = await import('@hff-edge/sdk');
  const { takeLesson } = await import('./lesson.js');
  const model = await loadModel(require.resolve('@hff-edge/sdk/digits.safetensors'));
  console.log(JSON.stringify(await takeLesson(model)));
}

main();
