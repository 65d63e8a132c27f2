using System.Runtime.InteropServices;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Audiences, and flags that others depend on: named before or after they are read.</summary>
internal sealed class RoutineBuilder
{
    private readonly List<Routine> _routines = [];
    private readonly Dictionary<string, int> _audiences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _flags = new(StringComparer.Ordinal);
    private readonly List<Prerequisite> _prerequisites = [];
    private readonly List<ExperimentLink> _links = [];

    public Prerequisite[] Prerequisites => [.. _prerequisites];

    public ExperimentLink[] Links => [.. _links];

    /// <summary>Until it is read, a snapshot that does not hold it: a fault.</summary>
    public int Audience(string name) => Find(_audiences, name, isFlag: false, ~Ending.Malformed);

    public int Prerequisite(string flagKey, string?[] variantKeys)
    {
        _prerequisites.Add(new Prerequisite(Flag(flagKey), variantKeys));
        return _prerequisites.Count - 1;
    }

    public int Link(string flagKey, Dictionary<string, int> outcomeByVariantKey)
    {
        _links.Add(new ExperimentLink(Flag(flagKey), outcomeByVariantKey));
        return _links.Count - 1;
    }

    public string NameOf(int routine) => _routines[routine].Name;

    public string FlagOfPrerequisite(int prerequisite) => NameOf(_prerequisites[prerequisite].Routine);

    public string FlagOfLink(int link) => NameOf(_links[link].Routine);

    public void SetEntry(int routine, int entry) => CollectionsMarshal.AsSpan(_routines)[routine] = _routines[routine] with { Entry = entry };

    /// <summary>Once every flag is read.</summary>
    /// <param name="entryOf">Where a flag starts; null where the snapshot does not hold it.</param>
    /// <param name="notFound">How a flag ends that it does not hold.</param>
    public Routine[] Build(Func<string, int?> entryOf, int notFound)
    {
        foreach ((string key, int routine) in _flags)
        {
            SetEntry(routine, entryOf(key) ?? notFound);
        }

        return [.. _routines];
    }

    private int Flag(string key) => Find(_flags, key, isFlag: true, 0);

    private int Find(Dictionary<string, int> byName, string name, bool isFlag, int entry)
    {
        if (!byName.TryGetValue(name, out int routine))
        {
            routine = _routines.Count;
            _routines.Add(new Routine(name, isFlag, entry));
            byName.Add(name, routine);
        }

        return routine;
    }
}
