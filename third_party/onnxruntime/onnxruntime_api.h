// The part of ONNX Runtime's C API that src/nn/onnx_session.cpp calls, as onnxruntime_c_api.h declares it.
//
// The npm package that has the library has no header. The API is one struct of function pointers to which
// later versions only append, so each function stands at the same place in every version; what is not called
// is counted, not declared. The places are those of version 24 of the API (ONNX Runtime 1.24); the library
// of 1.30 answers for it.
//
// Copyright (c) Microsoft Corporation. Permission is hereby granted, free of charge, to any person obtaining
// a copy of this software and associated documentation files (the "Software"), to deal in the Software
// without restriction, including without limitation the rights to use, copy, modify, merge, publish,
// distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions: The above copyright notice and this permission
// notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED
// "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
// MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
// COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT,
// TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
// THE SOFTWARE. (MIT)
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

typedef struct OrtStatus OrtStatus;
typedef struct OrtEnv OrtEnv;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtValue OrtValue;
typedef struct OrtMemoryInfo OrtMemoryInfo;

typedef enum OrtLoggingLevel { ORT_LOGGING_LEVEL_ERROR = 3 } OrtLoggingLevel;
typedef enum OrtAllocatorType { OrtDeviceAllocator = 0 } OrtAllocatorType;
typedef enum OrtMemType { OrtMemTypeDefault = 0 } OrtMemType;
typedef enum ONNXTensorElementDataType {
  ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT = 1,
  ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 = 2,
  ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 = 6,
  ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 = 7,
} ONNXTensorElementDataType;

typedef void (*OrtUncalled)(void);

typedef struct OrtApi {
  OrtUncalled from_0[2];
  const char* (*GetErrorMessage)(const OrtStatus* status);  // 2
  OrtStatus* (*CreateEnv)(OrtLoggingLevel log_severity_level, const char* logid, OrtEnv** out);
  OrtUncalled from_4[4];
  OrtStatus* (*CreateSessionFromArray)(const OrtEnv* env, const void* model_data, size_t model_data_length,
                                       const OrtSessionOptions* options, OrtSession** out);  // 8
  OrtStatus* (*Run)(OrtSession* session, const OrtRunOptions* run_options, const char* const* input_names,
                    const OrtValue* const* inputs, size_t input_len, const char* const* output_names,
                    size_t output_names_len, OrtValue** outputs);
  OrtStatus* (*CreateSessionOptions)(OrtSessionOptions** options);  // 10
  OrtUncalled from_11[8];
  OrtStatus* (*DisableCpuMemArena)(OrtSessionOptions* options);  // 19
  OrtUncalled from_20[4];
  OrtStatus* (*SetIntraOpNumThreads)(OrtSessionOptions* options, int intra_op_num_threads);  // 24
  OrtUncalled from_25[24];
  OrtStatus* (*CreateTensorWithDataAsOrtValue)(const OrtMemoryInfo* info, void* p_data, size_t p_data_len,
                                               const int64_t* shape, size_t shape_len,
                                               ONNXTensorElementDataType type, OrtValue** out);  // 49
  OrtUncalled from_50[19];
  OrtStatus* (*CreateCpuMemoryInfo)(OrtAllocatorType type, OrtMemType mem_type, OrtMemoryInfo** out);  // 69
  OrtUncalled from_70[23];
  void (*ReleaseStatus)(OrtStatus* input);  // 93
  void (*ReleaseMemoryInfo)(OrtMemoryInfo* input);
  void (*ReleaseSession)(OrtSession* input);
  void (*ReleaseValue)(OrtValue* input);
  OrtUncalled from_97[3];
  void (*ReleaseSessionOptions)(OrtSessionOptions* input);  // 100
  OrtUncalled from_101[29];
  OrtStatus* (*AddSessionConfigEntry)(OrtSessionOptions* options, const char* config_key,
                                      const char* config_value);  // 130
  OrtUncalled from_131[79];
  OrtStatus* (*AddExternalInitializers)(OrtSessionOptions* options, const char* const* initializer_names,
                                        const OrtValue* const* initializers, size_t num_initializers);  // 210
} OrtApi;

static_assert(offsetof(OrtApi, AddExternalInitializers) == 210 * sizeof(OrtUncalled));

typedef struct OrtApiBase {
  const OrtApi* (*GetApi)(uint32_t version);
  const char* (*GetVersionString)(void);
} OrtApiBase;

const OrtApiBase* OrtGetApiBase(void);

}  // extern "C"
