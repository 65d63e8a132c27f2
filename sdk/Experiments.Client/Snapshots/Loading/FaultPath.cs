using System.Globalization;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Where in a snapshot something is; written out only where something is wrong.</summary>
internal sealed class FaultPath
{
    // Names are whatever the snapshot says, however long.
    private const int MaxName = 64;

    private readonly FaultPath? _owner;
    private readonly string? _name;
    private readonly int _index;

    private FaultPath(FaultPath? owner, string? name, int index)
    {
        _owner = owner;
        _name = name;
        _index = index;
    }

    public static FaultPath Root { get; } = new(null, null, 0);

    public FaultPath Member(string name) => new(this, name, 0);

    public FaultPath Item(int index) => new(this, null, index);

    public override string ToString()
    {
        var steps = new Stack<string>();
        FaultPath step = this;
        for (; step._owner is not null; step = step._owner)
        {
            steps.Push(step._name is null ? step._index.ToString("'['0']'", CultureInfo.InvariantCulture) : NameOf(step._name));
        }

        return $"${string.Concat(steps)}";
    }

    private static string NameOf(string name)
    {
        bool isPlain = name.Length is > 0 and <= MaxName && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$');
        return isPlain ? $".{name}" : $"[\"{(name.Length > MaxName ? name[..MaxName] + "…" : name)}\"]";
    }
}
