using System.Runtime.InteropServices;

namespace Experiments.Client.Snapshots;

/// <summary>A flag, or an experiment, ready to decide.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CompiledFlag
{
    /// <summary>What its decisions share.</summary>
    public DecisionOrigin Origin;

    /// <summary>Where its instructions start; <c>~outcome</c> where it always comes out the same.</summary>
    public int Entry;

    /// <summary>The hash of the user key that most of its decisions need; <see cref="CompiledHash.NoHash"/> where there is none.</summary>
    public int EarlyHash;

    /// <summary>The outcome of the first fault, the others follow; 0 where it has no faults.</summary>
    public int FirstFault;

    /// <summary>Whether deciding takes memory of what was found on the way: it calls routines, uses a hash twice, looks into lists, or
    /// looks at attributes often.</summary>
    public bool NeedsWorkspace;

    /// <summary>Not a flag that is not enabled, and not an experiment that a flag decides.</summary>
    public bool TakesOverride;

    /// <summary>Its first one in <see cref="CompiledSnapshot.Variants"/>; the others follow.</summary>
    public int FirstVariant;

    public int VariantCount;

    /// <summary>Tells whether the definition is the same as in another snapshot, dependencies aside.</summary>
    public ulong Fingerprint;

    /// <summary>The instructions of its rules: those of rule i start at the i-th; empty for an experiment.</summary>
    public RuleStart[] Rules;

    public readonly string Key => Origin.Key;
}
