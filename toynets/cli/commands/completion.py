"""`toynets completion`: completion of commands, names and options for bash, zsh or fish."""

from __future__ import annotations

import re
from typing import Any

SHELLS = ("bash", "zsh", "fish")
EXAMPLES = """  source <(toynets completion bash)              bash, until you log out
  toynets completion bash >> ~/.bash_completion  bash, for good
  source <(toynets completion zsh)               zsh; in ~/.zshrc for good
  toynets completion fish | source               fish; in config.fish for good
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("shell", choices=SHELLS, help="which shell")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    script = {"bash": bash, "zsh": zsh, "fish": fish}[args.shell]()
    if screen.json:
        screen.data({"shell": args.shell, "script": script})
    else:
        print(script)
    return 0


def words() -> dict[str, tuple[str, ...]]:
    """Return command -> the words that may follow it: names first, then options."""
    from toynets import tasks, zoo
    from toynets.cli import COMMANDS, parser_of
    from toynets.cli.commands.study import STUDIES
    from toynets.cli.studied import STUDIED
    from toynets.plots.kinds import KINDS

    networks = tuple(zoo.names())
    first = {
        "list": (),
        "train": tuple(tasks.names()),
        "study": (*STUDIES, *networks),
        "plot": (*KINDS, *STUDIED, *networks),
        "completion": SHELLS,
    }
    found = {}
    for command in COMMANDS:
        usage = parser_of(command).format_usage()
        options = dict.fromkeys(re.findall(r"(?<![\w-])--[a-z]+", usage))
        found[command] = (*first.get(command, networks), *options)
    return found


def bash() -> str:
    """Return the script for bash."""
    from toynets.cli import COMMANDS

    cases = "\n".join(
        f'    {command}) words="{" ".join(after)}" ;;' for command, after in words().items()
    )
    return f"""\
# Completion of toynets for bash.
_toynets() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="{" ".join(COMMANDS)} --help --version"
  else
    case "${{COMP_WORDS[1]}}" in
{cases}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _toynets toynets"""


def zsh() -> str:
    """Return the script for zsh."""
    from toynets.cli import COMMANDS

    commands = "\n".join(f"    '{name}:{what}'" for name, what in COMMANDS.items())
    cases = "\n".join(
        f"      {command}) compadd -- {' '.join(after)}; _files ;;"
        for command, after in words().items()
    )
    return f"""\
#compdef toynets
# Completion of toynets for zsh.
_toynets() {{
  local -a commands
  commands=(
{commands}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
  else
    case "$words[2]" in
{cases}
    esac
  fi
}}
compdef _toynets toynets"""


def fish() -> str:
    """Return the script for fish."""
    from toynets.cli import COMMANDS

    lines = ["# Completion of toynets for fish."]
    for name, what in COMMANDS.items():
        lines.append(f"complete -c toynets -n __fish_use_subcommand -f -a {name} -d '{what}'")
    for command, after in words().items():
        given = f"complete -c toynets -n '__fish_seen_subcommand_from {command}'"
        names = [w for w in after if not w.startswith("-")]
        if names:
            lines.append(f"{given} -a '{' '.join(names)}'")
        lines += [f"{given} -l {word.removeprefix('--')}" for word in after if word[:2] == "--"]
    return "\n".join(lines)
