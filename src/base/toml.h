// toml++ as every file of ours includes it: it is all inline, so that two files which configure it
// differently would be one program's luck.
//
// Its assertions are off: they stand before the branches that report the same mistakes ("[@" is no key), and
// would end the program over a file that a person mistyped.
#pragma once

#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(expr) static_assert(true)
#include <toml++/toml.h>
