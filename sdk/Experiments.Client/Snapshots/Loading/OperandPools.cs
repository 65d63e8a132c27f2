using Experiments.Client.Targeting;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>The operands of a snapshot's conditions, by type.</summary>
internal sealed class OperandPools(AttributeIndex attributes)
{
    private readonly List<ScalarSet> _sets = [];
    private readonly List<int> _setNumbers = [];
    private readonly List<double> _numbers = [];
    private readonly List<Instant> _instants = [];
    private readonly List<TextTest> _textTests = [];
    private readonly List<FoldedSet> _foldedSets = [];
    private readonly List<NestedCondition> _nested = [];
    private readonly List<int> _scratch = [];

    public ScalarSet[] Sets => [.. _sets];

    public int[] SetNumbers => [.. _setNumbers];

    public double[] Numbers => [.. _numbers];

    public Instant[] Instants => [.. _instants];

    public TextTest[] TextTests => [.. _textTests];

    public FoldedSet[] FoldedSets => [.. _foldedSets];

    public List<NestedCondition> Nested => _nested;

    /// <summary>Scalar numbers of the set that is being read; <see cref="AddSet"/> takes them.</summary>
    public List<int> NewSet
    {
        get
        {
            _scratch.Clear();
            return _scratch;
        }
    }

    public int AddSet()
    {
        _scratch.Sort();
        int start = _setNumbers.Count;
        ulong mask = 0;
        bool isMasked = true;
        for (int i = 0; i < _scratch.Count; i++)
        {
            if (i == 0 || _scratch[i] != _scratch[i - 1])
            {
                _setNumbers.Add(_scratch[i]);
                ulong bit = attributes.Scalars[_scratch[i]].Bit;
                mask |= bit;
                isMasked &= bit != 0;
            }
        }

        _sets.Add(new ScalarSet(start, _setNumbers.Count - start, isMasked ? mask : 0));
        return _sets.Count - 1;
    }

    public int Add(double number) => Add(_numbers, number);

    public int Add(Instant instant) => Add(_instants, instant);

    public int Add(TextTest test) => Add(_textTests, test);

    public int Add(FoldedSet set) => Add(_foldedSets, set);

    public int Add(NestedCondition condition) => Add(_nested, condition);

    private static int Add<T>(List<T> pool, T operand)
    {
        pool.Add(operand);
        return pool.Count - 1;
    }
}
