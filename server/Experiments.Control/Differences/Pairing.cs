using System.Runtime.InteropServices;

namespace Experiments.Control.Differences;

/// <summary>
/// Which elements of two lists are the same thing. It is built in steps, the surest first: each pairs only what no step before it has
/// paired.
/// </summary>
internal sealed class Pairing<T>
{
    private readonly Func<T, Guid> _idOf;
    private readonly int[] _beforeOf;
    private readonly bool[] _isPaired;
    private int _unpairedBefore;
    private int _unpairedAfter;
    private Dictionary<Guid, Guid>? _afterIds;

    /// <param name="before">The list before.</param>
    /// <param name="after">The list after.</param>
    /// <param name="idOf">Of an element.</param>
    /// <param name="isById">Whether ids pair; false for elements that have none.</param>
    public Pairing(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T, Guid> idOf, bool isById = true)
    {
        Before = before;
        After = after;
        _idOf = idOf;
        _beforeOf = new int[after.Count];
        _beforeOf.AsSpan().Fill(-1);
        _isPaired = new bool[before.Count];
        _unpairedBefore = before.Count;
        _unpairedAfter = after.Count;
        if (isById)
        {
            PairBy(idOf, idOf);
        }
    }

    public IReadOnlyList<T> Before { get; }

    public IReadOnlyList<T> After { get; }

    /// <summary>Indices into <see cref="Before"/> and <see cref="After"/>, in the order after.</summary>
    public IEnumerable<(int Before, int After)> Pairs =>
        _beforeOf.Index().Where(static pair => pair.Item >= 0).Select(static pair => (pair.Item, pair.Index));

    /// <summary>Every element after with the index of its partner before, or -1.</summary>
    public IEnumerable<(T After, int BeforeIndex)> AllAfter => After.Zip(_beforeOf);

    /// <summary>Indices into <see cref="After"/>.</summary>
    public IEnumerable<int> Added => _beforeOf.Index().Where(static pair => pair.Item < 0).Select(static pair => pair.Index);

    /// <summary>Indices into <see cref="Before"/>.</summary>
    public IEnumerable<int> Removed => _isPaired.Index().Where(static pair => !pair.Item).Select(static pair => pair.Index);

    /// <summary>Pairs what has the same key; what has none (null) is left alone, and of equal keys the first is taken.</summary>
    public Pairing<T> PairBy<TKey>(Func<T, TKey?> before, Func<T, TKey?> after)
    {
        // Most lists differ in few elements: no table is needed for those that stayed where they were.
        for (int i = 0; i < Math.Min(Before.Count, After.Count) && _unpairedBefore > 0 && _unpairedAfter > 0; i++)
        {
            if (!_isPaired[i] && _beforeOf[i] < 0 && before(Before[i]) is { } key && key.Equals(after(After[i])))
            {
                Pair(i, i);
            }
        }

        if (_unpairedBefore > 0 && _unpairedAfter > 0)
        {
            PairByTable(before, after);
        }

        return this;
    }

    /// <summary>Pairs what stands at the same index.</summary>
    public void PairByIndex()
    {
        for (int i = 0; i < Math.Min(Before.Count, After.Count); i++)
        {
            if (!_isPaired[i] && _beforeOf[i] < 0)
            {
                Pair(i, i);
            }
        }
    }

    /// <summary>Whether two references, of which either may be absent, name the same thing. Ids that no list has are compared as they
    /// are.</summary>
    public bool AreSame(Guid? before, Guid? after) =>
        before == after || (before is { } id && AfterIds.TryGetValue(id, out Guid same) && same == after);

    private Dictionary<Guid, Guid> AfterIds
    {
        get
        {
            if (_afterIds is null)
            {
                _afterIds = [];
                foreach ((int before, int after) in Pairs)
                {
                    _afterIds[_idOf(Before[before])] = _idOf(After[after]);
                }
            }

            return _afterIds;
        }
    }

    private void PairByTable<TKey>(Func<T, TKey?> before, Func<T, TKey?> after)
    {
        var table = new Dictionary<object, int>(_unpairedBefore);
        foreach (int index in Removed)
        {
            if (before(Before[index]) is { } key)
            {
                ref int slot = ref CollectionsMarshal.GetValueRefOrAddDefault(table, key, out bool exists);
                slot = exists ? slot : index;
            }
        }

        for (int i = 0; i < _beforeOf.Length; i++)
        {
            if (_beforeOf[i] < 0 && after(After[i]) is { } key && table.Remove(key, out int index))
            {
                Pair(index, i);
            }
        }
    }

    private void Pair(int before, int after)
    {
        _beforeOf[after] = before;
        _isPaired[before] = true;
        _unpairedBefore--;
        _unpairedAfter--;
    }
}
