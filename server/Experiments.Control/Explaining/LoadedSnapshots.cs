namespace Experiments.Control.Explaining;

/// <summary>The snapshots that were asked for last, so that questions about one version load it once. Thread-safe.</summary>
internal sealed class LoadedSnapshots
{
    /// <summary>The one that was not asked for longest is forgotten first.</summary>
    public const int MaxCount = 4;

    private readonly Lock _lock = new();

    // Asked for longest ago first.
    private readonly List<LoadedSnapshot> _kept = [];

    /// <summary>Null where it is not kept.</summary>
    public LoadedSnapshot? Find(string objectKey)
    {
        lock (_lock)
        {
            int index = IndexOf(objectKey);
            if (index < 0)
            {
                return null;
            }

            LoadedSnapshot found = _kept[index];
            _kept.RemoveAt(index);
            _kept.Add(found);
            return found;
        }
    }

    /// <summary>Keeps it instead of one of the same object.</summary>
    public void Keep(LoadedSnapshot loaded)
    {
        lock (_lock)
        {
            int index = IndexOf(loaded.ObjectKey);
            if (index >= 0 || _kept.Count == MaxCount)
            {
                _kept.RemoveAt(Math.Max(index, 0));
            }

            _kept.Add(loaded);
        }
    }

    private int IndexOf(string objectKey) =>
        _kept.FindIndex(kept => string.Equals(kept.ObjectKey, objectKey, StringComparison.Ordinal));
}
