"""What to ask LinkedIn for: from what people want to the apps, products, scopes and reviews that it takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from inroad.contract.goals import GOALS, IDENTITY_SCOPES, OPENID, TERMS, Goal
from inroad.contract.scopes import PRODUCTS
from inroad.sdk.errors import InvalidArgument


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedApp:
    """One app of LinkedIn's developer portal: its products, what to ask members for, and what it serves.

    `reviews` are those of its products that have one, `roles` what a member has to be for some of the goals.
    """

    products: tuple[str, ...]
    scopes: frozenset[str]
    goals: tuple[Goal, ...]

    @property
    def reviews(self) -> tuple[str, ...]:
        """What LinkedIn wants to see before it grants the products."""
        return tuple(f"{name}: {TERMS[name].review}" for name in self.products if TERMS[name].review)

    @property
    def roles(self) -> tuple[str, ...]:
        """What a member has to be beside that."""
        return tuple(f"{goal.name}: {goal.role}" for goal in self.goals if goal.role)

    @property
    def is_self_service(self) -> bool:
        """Whether nobody at LinkedIn has to agree."""
        return all(PRODUCTS[name].self_service for name in self.products)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPlan:
    """The apps that it takes, and what nobody can have who asks today."""

    apps: tuple[PlannedApp, ...]
    closed: tuple[Goal, ...]

    def __str__(self) -> str:
        lines: list[str] = []
        for number, app in enumerate(self.apps, 1):
            lines += [f"App {number}: {', '.join(app.products)}", f"  scopes: {' '.join(sorted(app.scopes))}"]
            lines += [f"  for: {', '.join(goal.name for goal in app.goals)}"] if app.goals else []
            lines += [f"  review: {review}" for review in app.reviews]
            lines += [f"  role: {role}" for role in app.roles]
            lines += [f"  note: {goal.name}: {goal.note}" for goal in app.goals if goal.note]
        return "\n".join([*lines, *(f"Closed: {goal.name}: {goal.note}" for goal in self.closed)])


def plan(*goals: str) -> AccessPlan:
    """Return the fewest products, and their apps, that serve these goals, such as "post as my page", "read leads".

    A product that LinkedIn only gives to an app without others has an app of its own.

    Raises:
        InvalidArgument: no goal is given, or one is unknown; the message names those that are near.
    """
    wanted = [_goal(name) for name in dict.fromkeys(goals)]
    if not wanted:
        raise InvalidArgument(f"plan needs a goal: {', '.join(GOALS)}")
    open_goals = [goal for goal in wanted if goal.products]
    chosen = _chosen(open_goals)
    needed = [*dict.fromkeys(name for product in chosen.values() for name in (*TERMS[product].needs, product))]
    alone = [name for name in needed if TERMS[name].alone]
    together = [name for name in needed if not TERMS[name].alone]
    groups = [[name] for name in alone] + ([together] if together else [])
    return AccessPlan(
        apps=tuple(_app(group, [goal for goal in open_goals if chosen[goal.name] in group]) for group in groups),
        closed=tuple(goal for goal in wanted if not goal.products),
    )


def _goal(name: str) -> Goal:
    goal = GOALS.get(" ".join(name.lower().replace("\u2019", "'").split()))
    if goal is None:
        near = get_close_matches(name.lower(), GOALS, n=3, cutoff=0.4) or list(GOALS)
        raise InvalidArgument(f"no goal is called {name[:80]!r}; there is {', '.join(map(repr, near))}")
    return goal


def _chosen(goals: Sequence[Goal]) -> dict[str, str]:
    """Return a product for each goal: where there is a choice, one that is needed anyway, else the easiest to have."""
    only = [goal.products[0] for goal in goals if len(goal.products) == 1]
    needed = {name for product in only for name in (*TERMS[product].needs, product)}
    chosen: dict[str, str] = {}
    # Those with little choice first: what they need may serve the others.
    for goal in sorted(goals, key=lambda goal: len(goal.products)):
        chosen[goal.name] = next((name for name in goal.products if name in needed), goal.products[0])
        needed.add(chosen[goal.name])
    return chosen


def _app(products: Iterable[str], goals: Sequence[Goal]) -> PlannedApp:
    names = list(products)
    granted = frozenset[str]().union(*(PRODUCTS[name].scopes for name in names))
    scopes = frozenset[str]().union(*(goal.scopes for goal in goals))
    if "r_basicprofile" in granted and OPENID not in names:
        scopes |= {"r_basicprofile"}
    else:
        # Whose token it is, only sign-in tells.
        names = [OPENID, *(name for name in names if name != OPENID)]
        scopes |= IDENTITY_SCOPES
    return PlannedApp(products=tuple(names), scopes=scopes, goals=tuple(goals))
