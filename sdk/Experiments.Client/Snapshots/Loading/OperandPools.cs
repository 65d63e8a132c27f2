using System.Runtime.InteropServices;
using Experiments.Client.Targeting;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>The operands of a snapshot's conditions, by type.</summary>
internal sealed class OperandPools(AttributeIndex attributes)
{
    private readonly RunPool _sets = new();
    private readonly Pool<double> _numbers = new();
    private readonly Pool<Instant> _instants = new();
    private readonly List<TextTest> _textTests = [];
    private readonly List<FoldedSet> _foldedSets = [];
    private readonly List<NestedCondition> _nested = [];
    private readonly List<int> _scratch = [];

    /// <summary>Once every operand is there.</summary>
    public ScalarSet[] BuildSets()
    {
        int[] numbers = SetNumbers;
        return Array.ConvertAll(_sets.Runs, run => new ScalarSet(run.Start, run.Count, MaskOf(numbers.AsSpan(run.Start, run.Count))));
    }

    public int[] SetNumbers => _sets.Values;

    public double[] Numbers => _numbers.ToArray();

    public Instant[] Instants => _instants.ToArray();

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
        Span<int> numbers = CollectionsMarshal.AsSpan(_scratch);
        int count = 0;
        foreach (int number in numbers)
        {
            if (count == 0 || number != numbers[count - 1])
            {
                numbers[count++] = number;
            }
        }

        _sets.TryAdd(numbers[..count], out int set);
        return set;
    }

    public int Add(double number) => _numbers.Add(number);

    public int Add(Instant instant) => _instants.Add(instant);

    public int Add(TextTest test) => Add(_textTests, test);

    public int Add(FoldedSet set) => Add(_foldedSets, set);

    public int Add(NestedCondition condition) => Add(_nested, condition);

    private ulong MaskOf(ReadOnlySpan<int> numbers)
    {
        ulong mask = 0;
        foreach (int number in numbers)
        {
            ulong bit = attributes.Scalars[number].Bit;
            if (bit == 0)
            {
                return 0;
            }

            mask |= bit;
        }

        return mask;
    }

    private static int Add<T>(List<T> pool, T operand)
    {
        pool.Add(operand);
        return pool.Count - 1;
    }
}
