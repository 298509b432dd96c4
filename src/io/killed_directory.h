// For tests only: a directory of a process that is killed.
#pragma once

#include <algorithm>
#include <memory>

#include "io/file.h"

namespace modiste {

// A process that is killed before its n-th change of the disk: that one and all later ones never happen.
class KilledBefore final : public Directory {
 public:
  KilledBefore(std::unique_ptr<Directory> disk, int changes)
      : disk_(std::move(disk)), left_(std::make_shared<int>(changes)) {}

  std::string path() const override { return disk_->path(); }
  Result<std::unique_ptr<File>> open(std::string_view name) const override { return disk_->open(name); }
  Result<std::vector<std::string>> list() const override { return disk_->list(); }
  Result<std::shared_ptr<void>> lock(std::string_view name) override { return disk_->lock(name); }
  Result<std::unique_ptr<File>> create_empty(std::string_view name) override {
    TRY(change());
    TRY_ASSIGN(auto file, disk_->create_empty(name));
    return std::unique_ptr<File>(std::make_unique<Killed>(*this, std::move(file)));
  }
  Result<Done> remove(std::string_view name) override {
    TRY(change());
    return disk_->remove(name);
  }
  Result<Done> rename(std::string_view from, std::string_view to) override {
    TRY(change());
    return disk_->rename(from, to);
  }
  Result<Done> sync_names() override {
    TRY(change());
    return disk_->sync_names();
  }

 private:
  class Killed final : public File {
   public:
    Killed(KilledBefore& process, std::unique_ptr<File> file) : process_(process), file_(std::move(file)) {}
    Result<size_t> write_some(uint64_t position, std::span<const std::byte> bytes) override {
      TRY(process_.change());
      return file_->write_some(position, bytes.first(std::min<size_t>(bytes.size(), 700)));
    }
    Result<size_t> read_some(uint64_t position, std::span<std::byte> into) const override {
      return file_->read_some(position, into);
    }
    Result<uint64_t> size() const override { return file_->size(); }
    Result<Done> truncate(uint64_t size) override { return file_->truncate(size); }
    Result<Done> sync() override {
      TRY(process_.change());
      return file_->sync();
    }

   private:
    KilledBefore& process_;
    std::unique_ptr<File> file_;
  };

  Result<Done> change() {
    if (--*left_ < 0) return Error{Code::kUnavailable, "killed", "", ""};
    return kOk;
  }

  std::unique_ptr<Directory> disk_;
  std::shared_ptr<int> left_;
};

}  // namespace modiste
