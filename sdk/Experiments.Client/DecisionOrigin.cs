namespace Experiments.Client;

/// <summary>
/// What the decisions of one experiment, or of one rule of a flag, have in common: kept once, because large snapshots prepare several
/// decisions for each.
/// </summary>
internal sealed class DecisionOrigin
{
    private readonly int _idStart;
    private readonly int _idLength = PackedId.None;

    // The page that holds the id; once it was asked for, the id itself. Two threads may both read it: either string will do.
    private object? _id;

    public DecisionOrigin(string key, long snapshotVersion)
    {
        Key = key;
        SnapshotVersion = snapshotVersion;
    }

    /// <summary>Of an experiment.</summary>
    public DecisionOrigin(string key, long snapshotVersion, string experimentId)
        : this(key, snapshotVersion) => _id = experimentId;

    /// <summary>Of an experiment whose id is read later: see <see cref="PackedId"/>.</summary>
    public DecisionOrigin(string key, long snapshotVersion, PackedTexts texts)
        : this(key, snapshotVersion)
    {
        _id = texts.Page;
        _idStart = texts.Start;
        _idLength = texts.IdLength;
    }

    private DecisionOrigin(DecisionOrigin origin, DecisionNote note)
        : this(origin.Key, origin.SnapshotVersion)
    {
        _id = Volatile.Read(ref origin._id);
        _idStart = origin._idStart;
        _idLength = origin._idLength;
        Note = note;
    }

    /// <summary>Of the flag or experiment.</summary>
    public string Key { get; }

    public long SnapshotVersion { get; }

    /// <summary>Null for most.</summary>
    public DecisionNote? Note { get; }

    public bool IsExperiment => _id is not null;

    /// <summary>Null for a flag.</summary>
    public string? ExperimentId
    {
        get
        {
            object? id = Volatile.Read(ref _id);
            if (id is byte[] page)
            {
                // Written once and not at each reading: threads that read it would take the processor's copy of it from each other.
                id = PackedId.Read(page, _idStart, _idLength);
                Volatile.Write(ref _id, id);
            }

            return (string?)id;
        }
    }

    /// <summary>The id for one who asks once: it is not kept.</summary>
    public string? PeekExperimentId()
    {
        object? id = Volatile.Read(ref _id);
        return id is byte[] page ? PackedId.Read(page, _idStart, _idLength) : (string?)id;
    }

    public DecisionOrigin With(DecisionNote note) => new(this, note);
}
