# Read by cpack for each kind of package: the archive has a folder of its own, the .deb goes to /usr.
if(NOT CPACK_GENERATOR STREQUAL DEB)
  set(CPACK_PACKAGING_INSTALL_PREFIX /${CPACK_PACKAGE_NAME}-${CPACK_PACKAGE_VERSION})
endif()
