# Read by cpack for each kind of package: the archive is one folder that may stand anywhere, the .deb goes to /usr.
if(NOT CPACK_GENERATOR STREQUAL DEB)
  set(CPACK_PACKAGING_INSTALL_PREFIX /)
endif()
