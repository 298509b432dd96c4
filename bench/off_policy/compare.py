"""Compares `modiste evaluate policy` with the estimators of the Open Bandit Pipeline on its small ZOZOTOWN logs.

    pip install numpy pandas scikit-learn; pip download --no-deps obp==0.4.1; unzip obp-*.whl -d obp
    python3 bench/off_policy/compare.py --obp obp/obp --modiste build/release/src/apps/modiste/modiste-train

For each campaign, the shares by which one policy shows items are judged by the other's log. Fails above 1e-9.
"""
import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import types

import numpy as np
import pandas as pd

PRIOR = 100  # decisions with which the reward model pulls an item towards the mean


def load_estimators(folder):
    """Only obp's estimators: the rest of the package wants PyTorch, which these use for nothing but types."""
    torch = types.ModuleType("torch")
    torch.Tensor = type("Tensor", (), {})
    sys.modules["torch"] = torch
    for name, path in [("obp", folder), ("obp.ope", folder / "ope")]:
        package = types.ModuleType(name)
        package.__path__ = [str(path)]
        sys.modules[name] = package

    def load(name, path):
        spec = importlib.util.spec_from_file_location(name, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module

    load("obp.utils", folder / "utils.py")
    return load("obp.ope.estimators", folder / "ope" / "estimators.py")


def tables(log, other):
    """The other policy's shares and a reward model's expectations, items x positions."""
    items = int(max(log.item_id.max(), other.item_id.max()) + 1)
    positions = sorted(log.position.unique())
    policy, rewards = np.full((items, len(positions)), 0.5), np.full((items, len(positions)), log.click.mean())
    for k, position in enumerate(positions):
        shown = other[other.position == position].item_id.value_counts()
        policy[shown.index, k] += shown.values
        clicks = log[log.position == position].groupby("item_id").click
        total = clicks.sum()
        rewards[total.index, k] = (total.values + PRIOR * log.click.mean()) / (clicks.count().values + PRIOR)
    return positions, policy / policy.sum(axis=0), rewards


def write_table(path, column, positions, values):
    with open(path, "w") as out:
        out.write(f"item_id,position,{column}\n")
        for item in range(values.shape[0]):
            for k, position in enumerate(positions):
                out.write(f"{item},{position},{float(values[item, k])!r}\n")


def compare(estimators, program, log, other, folder):
    positions, policy, rewards = tables(log, other)
    write_table(folder / "policy.csv", "probability", positions, policy)
    write_table(folder / "rewards.csv", "reward", positions, rewards)
    log.to_csv(folder / "log.csv")
    command = [program, "evaluate", "policy", "--log", "log.csv", "--policy", "policy.csv", "--rewards", "rewards.csv"]
    subprocess.run([*command, "--out", "report.json"], check=True, cwd=folder, stdout=subprocess.DEVNULL)
    ours = json.loads((folder / "report.json").read_text())
    rounds = (len(log), *policy.shape)
    asked = dict(action_dist=np.broadcast_to(policy, rounds).copy(),
                 position=np.searchsorted(positions, log.position.values))
    logged = dict(reward=log.click.values, action=log.item_id.values, pscore=log.propensity_score.values)
    model = dict(estimated_rewards_by_reg_model=np.broadcast_to(rewards, rounds).copy())
    theirs = {
        "ips": estimators.InverseProbabilityWeighting().estimate_policy_value(**logged, **asked),
        "snips": estimators.SelfNormalizedInverseProbabilityWeighting().estimate_policy_value(**logged, **asked),
        "dm": estimators.DirectMethod().estimate_policy_value(**model, **asked),
        "dr": estimators.DoublyRobust().estimate_policy_value(**logged, **model, **asked),
    }
    worst = 0
    for name, value in theirs.items():
        mine = ours["estimates"][name]["value"]
        worst = max(worst, abs(mine - value))
        print(f"  {name:6} obp {value:+.9f}  modiste {mine:+.9f}  difference {abs(mine - value):.1e}")
    print(f"  the other policy's own log: {other.click.mean():.6f}; effective sample {ours['effective_sample']:.0f}")
    return worst


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--obp", type=pathlib.Path, required=True, help="the package's folder")
    parser.add_argument("--modiste", type=pathlib.Path, required=True, help="modiste-train")
    given = parser.parse_args()
    estimators = load_estimators(given.obp)
    worst = 0
    with tempfile.TemporaryDirectory() as folder:
        for campaign in ["all", "men", "women"]:
            logs = {policy: pd.read_csv(given.obp / "dataset" / "obd" / policy / campaign / f"{campaign}.csv",
                                        index_col=0) for policy in ["random", "bts"]}
            for policy, other in [("random", "bts"), ("bts", "random")]:
                print(f"{campaign}, logged by {policy}")
                worst = max(worst, compare(estimators, given.modiste.resolve(), logs[policy], logs[other],
                                           pathlib.Path(folder)))
    print(f"greatest difference {worst:.1e}")
    sys.exit(worst > 1e-9)


if __name__ == "__main__":
    main()
