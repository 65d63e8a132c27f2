using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Collects what depends on what, from the instructions of each part.</summary>
internal sealed class DefinitionBuilder(SnapshotParts parts)
{
    private readonly Dictionary<string, Definition> _definitions = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Definition> Definitions => _definitions;

    /// <param name="name">See <see cref="Definition"/>; the first of several counts.</param>
    /// <param name="fingerprint">Of its text.</param>
    /// <param name="firstInstruction">Where its instructions start; they are the last ones.</param>
    public void Add(string name, ulong fingerprint, int firstInstruction)
    {
        HashSet<string> dependsOn = new(StringComparer.Ordinal);
        for (int place = firstInstruction; place < parts.Code.Count; place++)
        {
            if (NameOf(parts.Code[place]) is { } other)
            {
                dependsOn.Add(other);
            }
        }

        _definitions.TryAdd(name, new Definition(fingerprint, [.. dependsOn]));
    }

    private string? NameOf(Instruction instruction) => instruction.Operation switch
    {
        Operation.Range or Operation.HasUnit => parts.Hashes.NameOf(instruction.Slot) is { } hash ? Definition.OfHash(hash) : null,
        Operation.Audience => Definition.OfAudience(parts.Routines.NameOf(instruction.Operand)),
        Operation.Prerequisite => Definition.OfFlag(parts.Routines.FlagOfPrerequisite(instruction.Operand)),
        Operation.Linked => Definition.OfFlag(parts.Routines.FlagOfLink(instruction.Operand)),
        _ => null,
    };
}
