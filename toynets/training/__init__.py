"""Training: seeded, full batch, one network or a population, with a recipe that repeats it."""

from toynets.training.recipes import RECIPES as RECIPES
from toynets.training.results import Population as Population
from toynets.training.results import Training as Training
from toynets.training.trainer import train as train
from toynets.training.trainer import train_many as train_many

__all__ = ["train", "train_many", "Training", "Population", "RECIPES"]
