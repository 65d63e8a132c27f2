using Experiments.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;

namespace Experiments.FeatureManagement.Hosting;

/// <summary>Names everything that is missing when the host starts.</summary>
internal sealed class ExperimentsFeatureManagementOptionsValidator(IServiceProviderIsKeyedService registered)
    : IValidateOptions<ExperimentsFeatureManagementOptions>
{
    public ValidateOptionsResult Validate(string? name, ExperimentsFeatureManagementOptions options)
    {
        List<string> failures = [];
        if (options.Environment is null && !registered.IsService(typeof(IFeatureDecider)))
        {
            failures.Add("AddExperimentsFeatureManagement needs an environment: call AddExperiments(\"...\").");
        }

        if (options.Environment is { } environment && !registered.IsKeyedService(typeof(IFeatureDecider), environment))
        {
            failures.Add($"{nameof(options.Environment)} is '{environment}': no AddExperiments call names it.");
        }

        if (options.AnonymousUserKey is null)
        {
            failures.Add($"{nameof(options.AnonymousUserKey)} is null: give a user key, which may be empty.");
        }

        if (options.FeatureKey is null)
        {
            failures.Add($"{nameof(options.FeatureKey)} is null: give a function, or leave the default.");
        }

        if (options.FallThrough && !registered.IsService(typeof(FeatureManager)))
        {
            failures.Add($"{nameof(options.FallThrough)} is true: it needs AddFeatureManagement() or AddScopedFeatureManagement().");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
