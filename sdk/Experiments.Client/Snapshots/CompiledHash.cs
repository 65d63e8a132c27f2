using System.Runtime.InteropServices;
using Experiments.Client.Bucketing;

namespace Experiments.Client.Snapshots;

/// <summary>A hash of a snapshot: what goes into it and which buckets come out.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CompiledHash
{
    public const int NoSlot = -1;

    /// <summary>In place of the number of a hash.</summary>
    public const int NoHash = -1;

    /// <summary>Null for the hash of an experiment's salt.</summary>
    public string? Name;

    public HashForm Form;

    public HashFunction Function;

    public MissingUnit Missing;

    public uint Seed;

    public BucketSpace Space;

    /// <summary>Where the form is <see cref="HashForm.UserKeyAndLiteral"/>.</summary>
    public HashLiteral Literal;

    /// <summary>Where the form is <see cref="HashForm.Parts"/>.</summary>
    public HashPart[] Parts;

    /// <summary>How many instructions use it.</summary>
    public int Uses;

    /// <summary>Where its bucket is remembered when everything is decided for one user: the batches fill the first ones.</summary>
    public int Slot;

    /// <summary>Where its bucket is remembered when one flag is decided; <see cref="NoSlot"/> where it is used once.</summary>
    public int SharedSlot;
}
