namespace Experiments.Client.Targeting.Text;

/// <summary>
/// A set of steps that is also the list of them in the order of arrival: the sparse set of Briggs and Torczon. It is emptied at no
/// cost and needs no initialised memory, because an index counts only where both arrays agree.
/// </summary>
/// <param name="dense">One cell for each step of the program.</param>
/// <param name="sparse">As many.</param>
internal ref struct StepSet(Span<ushort> dense, Span<ushort> sparse)
{
    private readonly Span<ushort> _dense = dense;
    private readonly Span<ushort> _sparse = sparse;

    public int Count { get; private set; }

    public readonly ushort this[int index] => _dense[index];

    public void Add(ushort step)
    {
        int index = _sparse[step];
        if (index < Count && _dense[index] == step)
        {
            return;
        }

        _dense[Count] = step;
        _sparse[step] = (ushort)Count;
        Count++;
    }

    public void Clear() => Count = 0;
}
