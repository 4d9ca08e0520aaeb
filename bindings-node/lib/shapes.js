'use strict';

/** The types that cross: how JSON and JavaScript call their fields, and what these hold. They come from the library, so that none is written down here. */

const native = require('./native.js').load();

/** What a policy says the names of, which stay as they are. */
const VALUES = { name: 'Values', called: 'values', byJs: undefined, byJson: undefined };

const shapes = new Map();

for (const { name, called, fields } of JSON.parse(native.shapes())) {
  const shape = { name, called, byJs: new Map(), byJson: new Map() };
  fields.forEach(({ json, js, of, values }, index) => {
    if (!shape.byJs.has(js)) {
      const field = { json, js, index, head: `${JSON.stringify(json)}:`, of, shape: values ? VALUES : undefined };
      shape.byJs.set(js, field);
      shape.byJson.set(json, field);
    }
  });
  shapes.set(name, shape);
}
for (const shape of shapes.values()) {
  for (const field of shape.byJs.values()) {
    field.shape ??= shapes.get(field.of);
  }
}

module.exports = { native, shapes, VALUES };
