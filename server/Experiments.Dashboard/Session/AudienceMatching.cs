using System.Text;
using System.Text.Json;
using Experiments.Client;
using Experiments.Control.Definitions;
using Experiments.Control.Operations;
using Experiments.Dashboard.Models;
using Microsoft.AspNetCore.Http;

namespace Experiments.Dashboard.Session;

/// <summary>Counts which contexts are in an audience as it is edited, with the SDK's own engine: a flag that is on for that audience decides.</summary>
internal sealed class AudienceMatching(SnapshotLoading loading, TimeProvider time)
{
    public const int MaxContexts = 5_000;

    private const string Key = "in-the-audience";

    // Audiences look at attributes; whose they are does not matter.
    private const string UserKey = "somebody";

    /// <param name="environment">Of the audience.</param>
    /// <param name="rules">As they are edited.</param>
    /// <param name="text">Contexts as they were pasted.</param>
    public async Task<Result<AudienceMatches>> CountAsync(EnvironmentDefinition environment, IReadOnlyList<RuleModel> rules, string text)
    {
        PastedContexts pasted = PastedContexts.Read(text);
        if (pasted.Contexts.Count + pasted.Faults.Count > MaxContexts)
        {
            return new DomainError(
                DomainErrorCode.TooLarge, FormattableString.Invariant($"At most {MaxContexts:n0} at once; these are {pasted.Contexts.Count + pasted.Faults.Count:n0}."));
        }

        AudienceInput input;
        try
        {
            input = RuleMapper.NewAudience(environment.Id, Key, rules);
        }
        catch (BadHttpRequestException unreadable)
        {
            return new DomainError(DomainErrorCode.InvalidInput, unreadable.Message);
        }

        if (TargetingRules.Check("rules", input.Rules) is { } fault)
        {
            return new DomainError(DomainErrorCode.InvalidInput, fault + ".");
        }

        Result<IFeatureDecider> decider = await loading.LoadAsync(environment, ContentOf(environment, input), version: 1);
        return decider.IsSuccess ? await Task.Run(() => Count(decider.Value, pasted)) : decider.Error;
    }

    private EnvironmentContent ContentOf(EnvironmentDefinition environment, AudienceInput input)
    {
        DateTimeOffset now = UtcTime.Now(time);
        var audience = new AudienceDefinition
        {
            Id = Guid.NewGuid(), EnvironmentId = environment.Id, Name = Key, Rules = input.Rules, CreatedAt = now, UpdatedAt = now,
        };
        var isIn = new FlagVariantDefinition { Id = Guid.NewGuid(), Key = "in", Value = JsonElement.Parse("true") };
        var flag = new FlagDefinition
        {
            Id = Guid.NewGuid(),
            EnvironmentId = environment.Id,
            Key = Key,
            Name = Key,
            Type = FlagType.Boolean,
            IsEnabled = true,
            Variants = [isIn],
            Rules = [new FlagRuleDefinition { Id = Guid.NewGuid(), AudienceId = audience.Id, VariantId = isIn.Id }],
            CreatedAt = now,
            UpdatedAt = now,
        };
        return new EnvironmentContent { Audiences = [audience], Flags = [flag] };
    }

    private static AudienceMatches Count(IFeatureDecider decider, PastedContexts pasted)
    {
        List<PastedContext> matched = [];
        List<string> faults = [.. pasted.Faults];
        var context = new DecisionContext();
        foreach (PastedContext one in pasted.Contexts)
        {
            try
            {
                context.SetJson(Encoding.UTF8.GetBytes(one.Json));
            }
            catch (JsonException)
            {
                faults.Add($"{one.Place} is no context: it nests too deep");
                continue;
            }

            if (decider.IsOn(Key, UserKey, context))
            {
                matched.Add(one);
            }
        }

        return new AudienceMatches(pasted.Contexts.Count, matched, faults);
    }
}
