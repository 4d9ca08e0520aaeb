// The types are there for CommonJS, too.

import medtrain = require('../index.js');

const status: medtrain.Status = medtrain.evaluate('cq-annual-cme', { practitioner: {} }, { given: { year: 2024 }, asOf: '2024-09-23' }).status;
void status;
