using Experiments.Control.Api.Requests;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Control.Splits;
using Experiments.Dashboard.Models;
using Microsoft.AspNetCore.Http;

namespace Experiments.Dashboard.Session;

/// <content>What the splits of its rules would come to.</content>
public sealed partial class FlagEditor
{
    private readonly Dictionary<Guid, MovedUsers> _moved = [];
    private readonly Dictionary<Guid, string> _moveFaults = [];

    /// <summary>Whom the change of a rule's split would move; null where that was not asked, or is not known.</summary>
    public MovedUsers? MovedBy(FlagRuleEdit rule) => _moved.GetValueOrDefault(rule?.Key ?? Guid.Empty);

    /// <summary>Why that cannot be said; null where it can.</summary>
    public string? MoveFault(FlagRuleEdit rule) => _moveFaults.GetValueOrDefault(rule?.Key ?? Guid.Empty);

    /// <summary>Buckets of a rule's split as they would be stored.</summary>
    public IReadOnlyList<BarPart> PlannedOf(FlagRuleEdit rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.Serves != "split" || SplitOf(rule) is not { } input || View is not { } view)
        {
            return [];
        }

        (Guid Id, string Key)[] variants = [.. Edit.Variants.DistinctBy(static one => one.Key, StringComparer.Ordinal)
            .Select(one => (view.Flag.Variants.FirstOrDefault(stored => stored.Key == one.Key)?.Id ?? Guid.NewGuid(), one.Key))];
        RuleSplitDefinition? former = view.Flag.Rules.FirstOrDefault(one => one.Id == rule.Id)?.Split;
        bool isAlone = former?.Weights.LayerId is null;
        Result<BuiltSplit> built = SplitBuilder.Build("", input, variants, isAlone ? former?.Weights : null, isAlone ? former?.Allocations ?? [] : [],
            layer: null, (rule.Id ?? Guid.Empty, view.Flag.Key), UtcTime.Now(_time));
        return built.IsSuccess ? BarParts.Of(built.Value.Allocations, variants) : [];
    }

    /// <summary>Asks whom a rule's split would move.</summary>
    public async Task PreviewAsync(FlagRuleEdit rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _moved.Remove(rule.Key);
        _moveFaults.Remove(rule.Key);
        if (rule is not { Serves: "split", Id: { } id } || SplitOf(rule) is not { } input)
        {
            return;
        }

        Result<SplitPreview> preview = await _operations.PreviewSplitAsync(Flag.Id, id, input);
        if (preview.IsSuccess)
        {
            _moved[rule.Key] = MovedUsers.Of(preview.Value, variantId => FlagInputs.KeyOf(Flag, variantId) ?? "another variant");
        }
        else
        {
            _moveFaults[rule.Key] = preview.Error.Message.Replace(".serve.split.", "", StringComparison.Ordinal);
        }
    }

    private static SplitInput? SplitOf(FlagRuleEdit rule)
    {
        try
        {
            return RequestReaders.ReadSplit(RuleMapper.Body(FlagEdits.WriteSplit(rule)), "variant");
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }
}
