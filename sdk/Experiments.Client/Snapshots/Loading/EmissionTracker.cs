using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>What deciding a flag will take, as its instructions are added.</summary>
internal sealed class EmissionTracker(HashBuilder hashes)
{
    // From here on, finding every attribute in one pass beats finding each where it is asked for.
    private const int ManyConditions = 12;

    private readonly HashSet<int> _hashes = [];
    private int _conditions;

    /// <summary>One entry for each instruction that uses a hash.</summary>
    public List<int> HashUses { get; } = [];

    /// <summary>Instructions that readers of format 1 do not know, of experiments.</summary>
    public List<int> Format2Instructions { get; } = [];

    public bool IsExperiment { get; set; }

    public bool NeedsWorkspace { get; private set; }

    public bool CanFault { get; private set; }

    /// <summary>The hash of the user key that the flag's last split or bucket condition uses.</summary>
    public int EarlyHash { get; private set; }

    /// <summary>Starts a flag.</summary>
    public void Begin(bool isExperiment)
    {
        _hashes.Clear();
        _conditions = 0;
        IsExperiment = isExperiment;
        NeedsWorkspace = false;
        CanFault = false;
        EarlyHash = CompiledHash.NoHash;
    }

    public void AddFault() => CanFault = true;

    public void Add(int place, ref readonly Instruction instruction)
    {
        switch (instruction.Operation)
        {
            case Operation.Range or Operation.HasUnit:
                HashUses.Add(instruction.Slot);
                EarlyHash = hashes.IsOfUserKey(instruction.Slot) ? instruction.Slot : EarlyHash;
                NeedsWorkspace |= !_hashes.Add(instruction.Slot) || hashes.IsRandom(instruction.Slot);
                CanFault |= hashes.IsUndefined(instruction.Slot);
                break;
            case Operation.Audience or Operation.Prerequisite or Operation.Linked or Operation.Size or Operation.Some:
                NeedsWorkspace = true;
                CanFault = true;
                break;
            case Operation.Jump or Operation.Sticky or Operation.NowBefore:
                break;
            default:
                NeedsWorkspace |= ++_conditions >= ManyConditions;
                break;
        }

        if (IsExperiment && instruction.Operator != Operator.Unknown && !OperatorNames.IsFormat1(instruction.Operator))
        {
            Format2Instructions.Add(place);
        }
    }
}
