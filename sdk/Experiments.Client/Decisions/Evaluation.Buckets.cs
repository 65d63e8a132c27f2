using System.Runtime.CompilerServices;
using Experiments.Client.Bucketing;
using Experiments.Client.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <content>Hashes, and where their buckets lead.</content>
internal ref partial struct Evaluation<TAttributes, TTrace>
{
    private const int StackChars = 256;

    // A longer text is no unit that anybody buckets by: it counts as missing. The parts of a hash multiply what a context holds.
    private const int MaxUnitChars = 4_000_000;

    /// <summary>All hashes that batches compute, whether they will be needed or not: one costs less than asking.</summary>
    private readonly void HashBatches()
    {
        HashBatch[] batches = _program.Batches;
        if (batches.Length == 0)
        {
            return;
        }

        var user = new UserKeyHash(_userKey);
        Span<ulong> buckets = _buckets;
        for (int batch = 0; batch < batches.Length; batch++)
        {
            batches[batch].Buckets(in user, buckets.Slice(batch * HashBatch.Lanes, HashBatch.Lanes));
        }

        _bucketStates[..(batches.Length * HashBatch.Lanes)].Fill((byte)BucketState.Known);
    }

    private int Lead(ref readonly Instruction instruction, int place)
    {
        ref readonly RangeTable table = ref _program.RangeTables[instruction.Operand];
        ulong bucket;
        if (_decidesAll && _bucketStates[table.Slot] == (byte)BucketState.Known)
        {
            bucket = _buckets[table.Slot];
        }
        else
        {
            BucketState state = BucketOf(table.Hash, out bucket);
            if (state != BucketState.Known)
            {
                _trace.Bucketed(place, state, 0);
                return state == BucketState.Missing ? instruction.OnFalse : ~Ending.Malformed;
            }
        }

        _trace.Bucketed(place, BucketState.Known, bucket);
        return Cuts.TargetOf(_program, in table, bucket);
    }

    private readonly BucketState BucketOf(int index, out ulong bucket)
    {
        ref readonly CompiledHash hash = ref _program.Hashes[index];
        if (hash.Form == HashForm.UserKeyAndLiteral && _bucketStates.IsEmpty)
        {
            bucket = _program.BucketOf(in hash, _userKey);
            return BucketState.Known;
        }

        return Remember(in hash, out bucket);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly BucketState Remember(ref readonly CompiledHash hash, out ulong bucket)
    {
        int slot = _bucketStates.IsEmpty ? CompiledHash.NoSlot : _decidesAll ? hash.Slot : hash.SharedSlot;
        if (slot == CompiledHash.NoSlot)
        {
            return Compute(in hash, out bucket);
        }

        if (_bucketStates[slot] == (byte)BucketState.Unknown)
        {
            _bucketStates[slot] = (byte)Compute(in hash, out _buckets[slot]);
        }

        bucket = _buckets[slot];
        return (BucketState)_bucketStates[slot];
    }

    private readonly BucketState Compute(ref readonly CompiledHash hash, out ulong bucket)
    {
        bucket = 0;
        switch (hash.Form)
        {
            case HashForm.Undefined:
                return BucketState.Undefined;
            case HashForm.Void:
                return BucketState.Missing;
            case HashForm.UserKeyAndLiteral:
                bucket = _program.BucketOf(in hash, _userKey);
                return BucketState.Known;
        }

        var text = new TextBuffer(stackalloc char[StackChars]);
        NamedHash named = hash.Named!;
        bool isWhole = TryAppend(named.Parts, ref text);
        if (isWhole)
        {
            bucket = hash.Space.BucketOf(HashFunctions.Hash(named.Function, hash.Seed, text.Text));
        }

        text.Dispose();
        return isWhole ? BucketState.Known : WithoutUnit(hash.Space, named.Missing, out bucket);
    }

    private static BucketState WithoutUnit(BucketSpace space, MissingUnit missing, out ulong bucket)
    {
        bucket = missing == MissingUnit.Random ? space.RandomBucket() : 0;
        return missing == MissingUnit.Skip ? BucketState.Missing : BucketState.Known;
    }

    private readonly bool TryAppend(HashPart[] parts, ref TextBuffer text)
    {
        foreach (HashPart part in parts)
        {
            if (part.Literal is not null)
            {
                text.Append(part.Literal);
            }
            else if (!TryAppendUnit(part, ref text) || text.Text.Length > MaxUnitChars)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first attribute that is there and counts.</summary>
    private readonly bool TryAppendUnit(HashPart part, ref TextBuffer text)
    {
        foreach (int slot in part.Slots)
        {
            AttributeValue value = slot == HashPart.UserKey
                ? new AttributeValue(ContextValueKind.String, 0, _userKey)
                : Get(slot);
            if (TryAppendUnit(part.Type, in value, ref text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryAppendUnit(UnitType type, ref readonly AttributeValue value, ref TextBuffer text)
    {
        switch (value.Kind)
        {
            case ContextValueKind.String when type != UnitType.Truthy || value.Text.Length > 0:
                text.Append(value.Text);
                return true;
            case ContextValueKind.Number when IsUnit(type, value.Number):
                text.Commit(EcmaScriptNumber.Format(value.Number, text.Reserve(EcmaScriptNumber.MaxLength)));
                return true;
            case ContextValueKind.True when type is UnitType.Truthy or UnitType.Any:
                text.Append("true");
                return true;
            case ContextValueKind.False when type == UnitType.Any:
                text.Append("false");
                return true;
            default:
                return false;
        }
    }

    private static bool IsUnit(UnitType type, double number) => type switch
    {
        UnitType.Truthy => number != 0 && !double.IsNaN(number),
        UnitType.Integer => double.IsInteger(number),
        UnitType.Any => true,
        _ => false,
    };
}
