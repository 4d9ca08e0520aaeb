// A target of C needs a file of C: what is declared in the header lies in the library.
#include "MedtrainBorderFFI.h"
