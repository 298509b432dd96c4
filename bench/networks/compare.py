"""BERT4Rec, LightGCN, neural collaborative filtering and implicit ALS of others on `evaluate sequences`' files.

    modiste-train evaluate split --sequences sequences_train.txt.gz --train train.txt --test test.txt
    pip install jax optax numpy scipy implicit
    python3 bench/networks/compare.py --train train.txt --test test.txt --model lightgcn

Asked as `modiste evaluate sequences` asks: full ranking, what the user had is masked, ties at their mid-rank.
Stops by the last item but one of 3,000 users; `--minutes` bounds the training. --model popularity checks that
both programs ask the same. Measured once for docs/benchmarks.md; nothing of it serves.
"""
import argparse
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax

LENGTH = 20  # latest items that BERT4Rec reads; the median history has 5


def read(path):
    with open(path) as lines:
        return {user: items for user, *items in (line.split() for line in lines)}


class Task:
    """Histories as item numbers. Number 0 is padding; the last number masks."""

    def __init__(self, train, test, seed):
        names = sorted({item for row in [*train.values(), *test.values()] for item in row})
        number = {name: place + 1 for place, name in enumerate(names)}
        self.items = len(names) + 1
        self.users = list(train)
        self.rows = [np.array([number[item] for item in train[user]]) for user in self.users]
        self.known = {item for row in self.rows for item in row}
        self.wanted = np.array([number[test[user][0]] for user in self.users])
        drawn = np.random.default_rng(seed).choice(len(self.users), 3000, replace=False)
        self.validation = np.array([user for user in drawn if len(self.rows[user]) > 2])

    def without_last(self):
        """Histories as they are while settings are chosen: validation users lack their last item."""
        rows = list(self.rows)
        for user in self.validation:
            rows[user] = rows[user][:-1]
        return rows


def ranks(score, rows, wanted, users, batch=256):
    """From 1; ties at their mid-rank. score(users) -> users x items."""
    out = []
    for begin in range(0, len(users), batch):
        part = users[begin : begin + batch]
        scores = np.array(score(part), dtype=np.float32)
        scores[:, 0] = -np.inf
        own = scores[np.arange(len(part)), wanted[part]].copy()
        for place, user in enumerate(part):
            scores[place, rows[user]] = -np.inf
        above = (scores > own[:, None]).sum(1)
        equal = (scores == own[:, None]).sum(1)
        out.append(above + (equal + 1) / 2)
    return np.concatenate(out)


def figures(found):
    hits = found <= 10
    gains = np.where(hits, 1 / np.log2(1 + found), 0)
    return hits.mean(), gains.mean()


def interval(values, draws=500):
    rng = np.random.default_rng(1)
    means = [values[rng.integers(0, len(values), len(values))].mean() for _ in range(draws)]
    return np.percentile(means, [2.5, 97.5])


def train(task, minutes, start, steps, scorer, patience=5):
    """Epochs until the validation users' NDCG@10 did not rise `patience` times; returns the best parameters."""
    rows = task.without_last()
    wanted = np.array([row[-1] for row in task.rows])
    parameters, best, best_at, begun = start, None, -1.0, time.time()
    for epoch in range(10_000):
        parameters, loss = steps(parameters, epoch)
        hit, gain = figures(ranks(scorer(parameters, rows), rows, wanted, task.validation))
        print(f"  epoch {epoch + 1}, {(time.time() - begun) / 60:.1f} min: loss {loss:.4f}, validation HR@10 {hit:.4f}, "
              f"NDCG@10 {gain:.4f}", flush=True)
        if gain > best_at:
            best, best_at, worse = parameters, gain, 0
        else:
            worse += 1
        if worse >= patience or time.time() - begun > 60 * minutes:
            return best, epoch + 1


def pairs_of(rows):
    users = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return users, np.concatenate(rows)


def adam(parameters, rate):
    rule = optax.adam(rate)
    return rule, rule.init(parameters)


def lightgcn(task, seed, layers=3, width=64, batch=8192, rate=5e-3, decay=1e-4):
    """He et al. 2020, equations 3 to 8 and 15 (BPR with one drawn negative)."""
    rows = task.without_last()
    users, items = pairs_of(rows)
    count, rng = len(rows), np.random.default_rng(seed)
    degree = np.bincount(users, minlength=count), np.bincount(items, minlength=task.items)
    weight = jnp.asarray(1 / np.sqrt(degree[0][users] * degree[1][items]), jnp.float32)[:, None]
    by_user, by_item = jnp.asarray(users), jnp.asarray(items)

    def spread(parameters):
        of_users, of_items = parameters["users"], parameters["items"]
        sums = [of_users, of_items]
        for _ in range(layers):
            of_users, of_items = (jax.ops.segment_sum(of_items[by_item] * weight, by_user, count),
                                  jax.ops.segment_sum(of_users[by_user] * weight, by_item, task.items))
            sums = [sums[0] + of_users, sums[1] + of_items]
        return sums[0] / (layers + 1), sums[1] / (layers + 1)

    def loss(parameters, user, chosen, other):
        of_users, of_items = spread(parameters)
        apart = (of_users[user] * (of_items[chosen] - of_items[other])).sum(1)
        norm = sum((table[places] ** 2).sum() for table, places in
                   [(parameters["users"], user), (parameters["items"], chosen), (parameters["items"], other)])
        return -jax.nn.log_sigmoid(apart).mean() + decay * norm / len(user) / 2

    key = jax.random.PRNGKey(seed)
    start = {"users": 0.1 * jax.random.normal(key, (count, width)),
             "items": 0.1 * jax.random.normal(jax.random.fold_in(key, 1), (task.items, width))}
    rule, state = adam(start, rate)

    @jax.jit
    def step(parameters, state, user, chosen, other):
        value, gradient = jax.value_and_grad(loss)(parameters, user, chosen, other)
        change, state = rule.update(gradient, state)
        return optax.apply_updates(parameters, change), state, value

    def epoch(parameters, _):
        nonlocal state
        order, losses = rng.permutation(len(users)), []
        for begin in range(0, len(users) - batch + 1, batch):
            part = order[begin : begin + batch]
            other = rng.integers(1, task.items, batch)
            parameters, state, value = step(parameters, state, users[part], items[part], other)
            losses.append(value)
        return parameters, float(np.mean(losses))

    def scorer(parameters, _):
        of_users, of_items = spread(parameters)
        return lambda part: of_users[part] @ of_items.T

    return start, epoch, scorer


def neumf(task, seed, width=32, batch=8192, rate=1e-3, negatives=4):
    """He et al. 2017, section 3.4: a product and a network of 64-32-16, log loss, four drawn negatives."""
    rows = task.without_last()
    users, items = pairs_of(rows)
    rng, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    tables = {"user_product": len(rows), "item_product": task.items, "user_net": len(rows), "item_net": task.items}
    start = {name: 0.05 * jax.random.normal(jax.random.fold_in(key, i), (size, width))
             for i, (name, size) in enumerate(tables.items())}
    sizes = [2 * width, 64, 32, 16]
    for i, (before, after) in enumerate(zip(sizes, sizes[1:])):
        start[f"net{i}"] = jax.random.normal(jax.random.fold_in(key, 10 + i), (before, after)) * np.sqrt(2 / before)
        start[f"bias{i}"] = jnp.zeros(after)
    start["out"] = jax.random.normal(jax.random.fold_in(key, 20), (width + 16,)) * 0.1
    rule, state = adam(start, rate)

    def logits(p, user_product, item_product, first):
        hidden = jax.nn.relu(first + p["bias0"])
        for i in (1, 2):
            hidden = jax.nn.relu(hidden @ p[f"net{i}"] + p[f"bias{i}"])
        return (user_product * item_product) @ p["out"][:width] + hidden @ p["out"][width:]

    def loss(p, user, item, chosen):
        first = p["user_net"][user] @ p["net0"][:width] + p["item_net"][item] @ p["net0"][width:]
        said = logits(p, p["user_product"][user], p["item_product"][item], first)
        return optax.sigmoid_binary_cross_entropy(said, chosen).mean()

    @jax.jit
    def step(p, state, user, item, chosen):
        value, gradient = jax.value_and_grad(loss)(p, user, item, chosen)
        change, state = rule.update(gradient, state)
        return optax.apply_updates(p, change), state, value

    def epoch(p, _):
        nonlocal state
        drawn = rng.integers(1, task.items, len(users) * negatives)
        user = np.concatenate([users, np.repeat(users, negatives)])
        item = np.concatenate([items, drawn])
        chosen = np.concatenate([np.ones(len(users), np.float32), np.zeros(len(drawn), np.float32)])
        order, losses = rng.permutation(len(user)), []
        for begin in range(0, len(user) - batch + 1, batch):
            part = order[begin : begin + batch]
            p, state, value = step(p, state, user[part], item[part], chosen[part])
            losses.append(value)
        return p, float(np.mean(losses))

    @jax.jit
    def of_one(p, user, of_items):
        return logits(p, p["user_product"][user], p["item_product"], p["user_net"][user] @ p["net0"][:width] + of_items)

    def scorer(p, _):
        of_items = p["item_net"] @ p["net0"][width:]
        return lambda part: np.stack([of_one(p, user, of_items) for user in part])

    return start, epoch, scorer


def bert4rec(task, seed, width=64, heads=2, layers=2, batch=512, rate=1e-3, masked=0.3):
    """Sun et al. 2019: a transformer that reads both ways and names masked items; the next item is a mask at the
    end. Of each row one masked place is asked a step; half of the rows are masked at their end, as in use."""
    rows = task.without_last()
    mask, rng, key = task.items, np.random.default_rng(seed), jax.random.PRNGKey(seed)

    def table(row, end):
        kept = list(row[-(LENGTH - 1):]) + [mask] if end else list(row[-LENGTH:])
        return [0] * (LENGTH - len(kept)) + kept

    shape = lambda place, *size: jax.random.normal(jax.random.fold_in(key, place), size) * 0.02
    start = {"items": shape(0, task.items + 1, width), "places": shape(1, LENGTH, width), "bias": jnp.zeros(task.items),
             "blocks": [{"qkv": shape(10 + i, width, 3 * width), "out": shape(20 + i, width, width),
                         "wide": shape(30 + i, width, 4 * width), "narrow": shape(40 + i, 4 * width, width),
                         "norm1": jnp.ones(width), "norm2": jnp.ones(width)} for i in range(layers)]}
    rule, state = adam(start, rate)

    def norm(x, gain):
        return gain * (x - x.mean(-1, keepdims=True)) / jnp.sqrt(x.var(-1, keepdims=True) + 1e-6)

    def dropped(x, key, rate=0.2):
        return jnp.where(jax.random.bernoulli(key, 1 - rate, x.shape), x / (1 - rate), 0) if key is not None else x

    def read(p, tokens, key):
        keys = list(jax.random.split(key, 2 * layers + 1)) if key is not None else [None] * (2 * layers + 1)
        x = dropped(p["items"][tokens] + p["places"], keys.pop())
        seen = jnp.where(tokens[:, None, None, :] == 0, -1e9, 0.0)
        for block in p["blocks"]:
            q, k, v = jnp.split(norm(x, block["norm1"]) @ block["qkv"], 3, -1)
            part = lambda y: y.reshape(*y.shape[:2], heads, width // heads).transpose(0, 2, 1, 3)
            weight = jax.nn.softmax(part(q) @ part(k).transpose(0, 1, 3, 2) / np.sqrt(width // heads) + seen, -1)
            mixed = (weight @ part(v)).transpose(0, 2, 1, 3).reshape(x.shape)
            x = x + dropped(mixed @ block["out"], keys.pop())
            x = x + dropped(jax.nn.gelu(norm(x, block["norm2"]) @ block["wide"]) @ block["narrow"], keys.pop())
        return norm(x, 1.0)

    def loss(p, tokens, place, wanted, key):
        at = read(p, tokens, key)[jnp.arange(len(tokens)), place]
        return optax.softmax_cross_entropy_with_integer_labels(at @ p["items"][:-1].T + p["bias"], wanted).mean()

    @jax.jit
    def step(p, state, tokens, place, wanted, key):
        value, gradient = jax.value_and_grad(loss)(p, tokens, place, wanted, key)
        change, state = rule.update(gradient, state)
        return optax.apply_updates(p, change), state, value

    def drawn(row):
        """Tokens, the place that is asked, what stands there."""
        if rng.random() < 0.5:
            end = rng.integers(1, len(row)) if len(row) > 1 else 0
            return table(row[:end], True), LENGTH - 1, row[end]
        tokens = table(row, False)
        places = np.flatnonzero(tokens)
        asked = rng.choice(places)
        wanted = tokens[asked]
        hidden = places[rng.random(len(places)) < masked]
        for place in [*hidden, asked]:
            tokens[place] = mask
        return tokens, asked, wanted

    def epoch(p, number):
        nonlocal state
        order, losses = rng.permutation(len(rows)), []
        for begin in range(0, len(rows) - batch + 1, batch):
            tokens, place, wanted = zip(*(drawn(rows[user]) for user in order[begin : begin + batch]))
            here = jax.random.fold_in(jax.random.fold_in(key, number), begin)
            p, state, value = step(p, state, np.array(tokens), np.array(place), np.array(wanted), here)
            losses.append(value)
        return p, float(np.mean(losses))

    @jax.jit
    def said(p, tokens):
        return read(p, tokens, None)[:, -1] @ p["items"][:-1].T + p["bias"]

    return start, epoch, lambda p, rows: lambda part: said(p, np.array([table(rows[user], True) for user in part]))


def als(task, seed, width=128, regularization=0.05, alpha=10, iterations=20):
    """The `implicit` library: Hu et al. 2008 by conjugate gradients (Takacs et al. 2011)."""
    import implicit
    import scipy.sparse

    users, items = pairs_of(task.rows)
    chosen = scipy.sparse.csr_matrix((np.ones(len(users), np.float32), (users, items)), (len(task.rows), task.items))
    model = implicit.als.AlternatingLeastSquares(width, regularization=regularization, alpha=alpha,
                                                 iterations=iterations, random_state=seed)
    model.fit(chosen, show_progress=False)
    return lambda part: model.user_factors[part] @ model.item_factors.T


def popularity(task):
    counts = np.bincount(np.concatenate(task.rows), minlength=task.items)
    return lambda part: np.tile(counts, (len(part), 1))


NETWORKS = {"lightgcn": lightgcn, "neumf": neumf, "bert4rec": bert4rec}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", required=True)
    parser.add_argument("--test", required=True)
    parser.add_argument("--model", required=True, choices=[*NETWORKS, "als", "popularity"])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=NUMBER", help="settings of the model")
    given = parser.parse_args()
    task = Task(read(given.train), read(given.test), given.seed)
    settings = {name: float(value) if "." in value or "e" in value else int(value)
                for name, value in (one.split("=") for one in given.set)}
    begun, epochs = time.time(), "-"
    if given.model in NETWORKS:
        start, steps, scorer = NETWORKS[given.model](task, given.seed, **settings)
        parameters, epochs = train(task, given.minutes, start, steps, scorer)
        score = scorer(parameters, task.rows)
    else:
        score = als(task, given.seed, **settings) if given.model == "als" else popularity(task)
    minutes = (time.time() - begun) / 60
    found = ranks(score, task.rows, task.wanted, np.arange(len(task.users)))
    found[~np.isin(task.wanted, list(task.known))] = np.inf  # an item that training does not have is missed
    hits, gains = found <= 10, np.where(found <= 10, 1 / np.log2(1 + found), 0)
    print(f"{' '.join([given.model, *given.set])}: HR@10 {hits.mean():.4f} ({interval(hits)[0]:.4f}-{interval(hits)[1]:.4f}), NDCG@10 {gains.mean():.4f} "
          f"({interval(gains)[0]:.4f}-{interval(gains)[1]:.4f}), {epochs} epochs, {minutes:.1f} min", flush=True)


if __name__ == "__main__":
    main()
