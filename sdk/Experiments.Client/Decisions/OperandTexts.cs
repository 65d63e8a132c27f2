using System.Globalization;
using System.Text;
using Experiments.Client.Json;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>Operands and values in words.</summary>
internal sealed class OperandTexts(CompiledProgram program)
{
    // Of a list that is longer the first ones are shown.
    private const int MaxListed = 10;

    public string TextOf(ref readonly Instruction instruction) => instruction.Operation switch
    {
        Operation.Equal => ScalarText(program.Scalars[instruction.Operand]),
        Operation.In => SetText(program.ScalarSets[instruction.Operand]),
        Operation.InIgnoringCase => "(ignoring case)",
        Operation.Greater or Operation.GreaterOrEqual or Operation.Less or Operation.LessOrEqual =>
            program.Numbers[instruction.Operand].ToString(CultureInfo.InvariantCulture),
        Operation.Before or Operation.After or Operation.NowBefore => DateTimeOffset.UnixEpoch
            .AddMilliseconds(Math.Clamp(program.Instants[instruction.Operand].UnixMs, -62_135_596_800_000, 253_402_300_799_999))
            .ToString("O", CultureInfo.InvariantCulture),
        Operation.Text => program.TextTests[instruction.Operand].Operand,
        Operation.Exists => instruction.Operand == 1 ? "true" : "false",
        Operation.Kind => KindsText(instruction.Operand),
        _ => "",
    };

    /// <summary>The ranges that lead to a target: <c>[0, 5000) or [9000, 10000)</c>.</summary>
    /// <param name="table">Of a condition.</param>
    /// <param name="target">Where its ranges lead.</param>
    public string RangesText(ref readonly RangeTable table, int target)
    {
        List<string> ranges = [];
        int end = table.Start + table.Count;
        for (int cut = table.Start; cut < end; cut++)
        {
            if (program.CutTargets[cut] == target)
            {
                string to = cut + 1 < end ? program.CutStarts[cut + 1].ToString(CultureInfo.InvariantCulture) : "end";
                ranges.Add(string.Create(CultureInfo.InvariantCulture, $"[{program.CutStarts[cut]}, {to})"));
            }
        }

        return ranges.Count == 0 ? "no range" : string.Join(" or ", ranges.Take(MaxListed)) + MoreText(ranges.Count);
    }

    public string PrerequisiteText(int prerequisite)
    {
        Prerequisite flag = program.Prerequisites[prerequisite];
        string variants = string.Join(", ", flag.VariantKeys.Select(static key => key ?? "no variant"));
        return $"flag {program.Routines[flag.Routine].Name} serves one of {variants}";
    }

    public static string ValueText<TAttributes>(AttributePath path, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        int handle = attributes.Find(path);
        if (handle == IAttributes.Missing)
        {
            return "missing";
        }

        AttributeValue value = attributes.Get(handle);
        return value.Kind switch
        {
            ContextValueKind.String => Quote(value.Text.ToString()),
            ContextValueKind.Number => value.Number.ToString(CultureInfo.InvariantCulture),
            ContextValueKind.Null => "null",
            ContextValueKind.True => "true",
            ContextValueKind.False => "false",
            ContextValueKind.Array => "a list",
            _ => "an object",
        };
    }

    private string SetText(ScalarSet set)
    {
        IEnumerable<string> listed = program.ScalarSetNumbers.Skip(set.Start).Take(Math.Min(set.Count, MaxListed))
            .Select(number => ScalarText(program.Scalars[number]));
        return $"[{string.Join(", ", listed)}{MoreText(set.Count)}]";
    }

    private static string MoreText(int count) =>
        count > MaxListed ? string.Create(CultureInfo.InvariantCulture, $", and {count - MaxListed} more") : "";

    private static string ScalarText(Scalar scalar) => scalar.Kind switch
    {
        ContextValueKind.String => Quote(scalar.Text),
        ContextValueKind.Number => scalar.Number.ToString(CultureInfo.InvariantCulture),
        ContextValueKind.Missing => "nothing",
        ContextValueKind.Null => "null",
        ContextValueKind.True => "true",
        _ => "false",
    };

    private static string KindsText(int kinds) => string.Join(
        " or ", Enum.GetValues<ContextValueKind>().Where(kind => (kinds & (1 << (int)kind)) != 0).Select(static kind => kind.ToString().ToLowerInvariant()));

    private static string Quote(string text) => Encoding.UTF8.GetString(JsonString.Quote(text));
}
