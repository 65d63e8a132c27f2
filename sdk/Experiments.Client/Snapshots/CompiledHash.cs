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

    public HashForm Form;

    public uint Seed;

    /// <summary>Where the form is <see cref="HashForm.UserKeyAndLiteral"/>: its first word in <see cref="CompiledProgram.LiteralWords"/>.</summary>
    public int LiteralStart;

    /// <summary>In bytes.</summary>
    public int LiteralLength;

    /// <summary>Of no meaning where the form has no buckets.</summary>
    public BucketSpace Space;

    /// <summary>Null for the hash of an experiment's salt.</summary>
    public NamedHash? Named;

    /// <summary>Where its bucket is remembered when everything is decided for one user: the batches fill the first ones.</summary>
    public int Slot;

    /// <summary>Where its bucket is remembered when one flag is decided; <see cref="NoSlot"/> where it is used once.</summary>
    public int SharedSlot;
}
