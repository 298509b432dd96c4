// What the tests include is precompiled for this file (cmake/Modiste.cmake), and they use it.
